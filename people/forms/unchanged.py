"""Two people at one form: the second learns that the first has saved, instead of undoing it unawares."""

import hashlib
import json

from django import forms

CHANGED = (
    "Пока форма была открыта, эти сведения изменил кто-то другой. Откройте страницу заново и внесите правку ещё раз."
)


class UnchangedForm(forms.ModelForm):
    """A form that refuses when its row is no longer what was shown.

    A hidden field carries a fingerprint of the shown values; it is compared with the row as it is now.
    """

    seen = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fingerprint = self._fingerprint() if self.instance.pk else ""
        self.fields["seen"].initial = self.fingerprint

    def _fingerprint(self) -> str:
        shown = {name: str(self.initial.get(name)) for name in sorted(self._meta.fields)}
        return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()[:16]

    def clean(self) -> dict[str, object]:
        values = super().clean()
        seen = values.pop("seen", "")
        if seen and seen != self.fingerprint:
            raise forms.ValidationError(CHANGED)
        return values
