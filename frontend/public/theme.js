// Applies the reader's stored choice before the first paint; without one, the system decides (see ui/tokens/tokens.css).
(function () {
  try {
    var choice = localStorage.getItem("capecontrol.theme");
    if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  } catch (error) {
    // Storage may be closed to us (private windows); the system's preference then holds.
  }
})();
