"""Pure rules about people: roles, school years, Russian declension."""
