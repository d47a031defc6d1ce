// Shows what is wrong with the case, in place of the dashboard.
function render({ model, el }) {
  const box = document.createElement("pre");
  box.className = "pm-trouble";
  box.setAttribute("role", "alert");
  box.textContent = model.get("says");
  el.append(box);
}

export default { render };
