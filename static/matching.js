// The board by mentors: a person dragged to another mentor is sent as the same form that a button sends.
"use strict";

const move = document.getElementById("move");
let held = "";

document.querySelectorAll("[data-mentee]").forEach((chip) => {
  chip.addEventListener("dragstart", (event) => {
    held = chip.dataset.mentee;
    event.dataTransfer.setData("text/plain", chip.textContent);
    event.dataTransfer.effectAllowed = "move";
  });
});

document.querySelectorAll("[data-mentor]").forEach((tile) => {
  tile.addEventListener("dragover", (event) => {
    event.preventDefault();
    tile.classList.add("over");
  });
  tile.addEventListener("dragleave", () => tile.classList.remove("over"));
  tile.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!held || tile.querySelector(`[data-mentee="${CSS.escape(held)}"]`)) {
      tile.classList.remove("over");
      return;
    }
    move.elements.mentee.value = held;
    move.elements.mentor.value = tile.dataset.mentor;
    held = "";
    move.requestSubmit();
  });
});
