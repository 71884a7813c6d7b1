// What is typed and not saved, kept in the browser's storage: by run, reviewer, item, panel and field.
"use strict";

// Some frames have no storage: then it lasts as long as they.
class Typed {
  constructor(prefix) {
    this.prefix = prefix;
    try {
      this.storage = window.localStorage;
    } catch {
      this.storage = null;
    }
    this.storage ??= new Kept();
  }

  name(item, field) {
    const panel = field.closest("[data-panel]")?.dataset.panel ?? "";
    return [this.prefix, item, panel, field.name || field.type].join("|");
  }

  keep(item, field) {
    const name = this.name(item, field);
    try {
      if (field.value === field.defaultValue) this.storage.removeItem(name);
      else this.storage.setItem(name, field.value);
    } catch {
      // A full storage keeps no more; the box itself still does.
    }
  }

  restore(item, fields) {
    for (const field of fields) field.value = this.storage.getItem(this.name(item, field)) ?? field.value;
  }

  // Forgets what was typed for an item, or in one of its panels.
  forget(item, panel = "") {
    const begin = `${this.prefix}|${item}|` + (panel && `${panel}|`);
    const mine = Object.keys(this.storage).filter((name) => name.startsWith(begin));
    for (const name of mine) this.storage.removeItem(name);
  }
}

// The part of the browser's storage that is used here, in memory.
class Kept {
  setItem(name, text) {
    this[name] = text;
  }

  getItem(name) {
    return this[name] ?? null;
  }

  removeItem(name) {
    delete this[name];
  }
}
