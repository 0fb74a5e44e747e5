// First child of <body>, and blocking: the design system refuses to start unless these classes are there before it loads.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
