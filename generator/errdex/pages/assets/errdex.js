// A filter over the lists of a page: typed words narrow them, and the address keeps what was typed.
(function () {
  "use strict";

  function start() {
    // The theme's search dialogue has no name for screen readers.
    document.querySelectorAll('.md-search[role="dialog"]:not([aria-label])').forEach(function (dialogue) {
      dialogue.setAttribute("aria-label", "Search");
    });
    document.querySelectorAll(".errdex-filterable").forEach(function (lists, number) {
      if (!lists.querySelector(".errdex-filter")) add(lists, number);
    });
  }

  function add(lists, number) {
    var box = document.createElement("div");
    box.className = "errdex-filter";
    box.setAttribute("role", "search");
    box.setAttribute("aria-label", "Filter of this page");
    var label = document.createElement("label");
    label.htmlFor = "_filter" + (number || "");
    label.textContent = "Filter statuses and operations";
    var input = document.createElement("input");
    input.id = label.htmlFor;
    input.type = "search";
    input.autocomplete = "off";
    var found = document.createElement("output");
    found.htmlFor = input.id;
    box.append(label, input, found);
    lists.prepend(box);

    var items = Array.from(lists.querySelectorAll("li")).map(function (item) {
      return { item: item, text: item.textContent.toLowerCase() };
    });
    function narrow() {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      items.forEach(function (entry) {
        entry.item.hidden = !words.every(function (word) { return entry.text.includes(word); });
        if (!entry.item.hidden) shown += 1;
      });
      lists.querySelectorAll("ul").forEach(function (list) {
        list.hidden = !list.querySelector("li:not([hidden])");
      });
      lists.querySelectorAll("h2, h3").forEach(function (heading) {
        heading.hidden = !follows(heading);
      });
      found.textContent = words.length ? shown + " of " + items.length + " shown" : "";
    }
    // A heading stays while a list below it, up to the next heading of its level, still shows something.
    function follows(heading) {
      for (var next = heading.nextElementSibling; next; next = next.nextElementSibling) {
        if (/^H[1-6]$/.test(next.tagName) && next.tagName <= heading.tagName) return false;
        if (next.tagName === "UL" && !next.hidden) return true;
      }
      return false;
    }
    input.addEventListener("input", function () {
      narrow();
      var address = new URL(location.href);
      if (input.value) address.searchParams.set("filter", input.value);
      else address.searchParams.delete("filter");
      history.replaceState(history.state, "", address);
    });
    input.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !input.value) return;
      event.stopPropagation();
      input.value = "";
      input.dispatchEvent(new Event("input"));
    });
    input.value = new URL(location.href).searchParams.get("filter") || "";
    narrow();
  }

  // The theme replaces pages without loading them when its instant navigation is on.
  if (window.document$ && window.document$.subscribe) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
