// Sends each attachment by itself, with its progress. Without this script the files go with the form.
(() => {
  "use strict";
  const form = document.querySelector("form[data-files]");
  if (!form) return;
  const status = document.getElementById("draft-status");
  const waiting = new Set();

  function make(tag, words, attributes = {}) {
    const one = document.createElement(tag);
    one.textContent = words;
    for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
    return one;
  }

  function button(words, name, act) {
    const one = make("button", words, { type: "button", class: "as-link" });
    one.append(make("span", `文件${name}`, { class: "visually-hidden" }));
    one.addEventListener("click", act);
    return one;
  }

  function list(input) {
    const field = input.closest(".field");
    if (!field.nextElementSibling || !field.nextElementSibling.matches(".draft-files"))
      field.after(make("ul", "", { class: "draft-files" }));
    return field.nextElementSibling;
  }

  class Sending {
    constructor(input, file) {
      this.file = file;
      this.address = `${form.dataset.files}/${input.name}`;
      this.item = make("li", "");
      list(input).append(this.item);
      this.send();
    }

    show(words, ...parts) {
      this.item.replaceChildren(make("span", this.file.name), " ", make("span", words, { class: "hint" }), " ", ...parts);
    }

    drop(words) {
      waiting.delete(this);
      this.item.remove();
      status.textContent = words;
    }

    send() {
      waiting.add(this);
      const bar = make("progress", "", { max: "100", "aria-label": `文件${this.file.name}的上传进度` });
      const request = new XMLHttpRequest();
      this.show("正在上传", bar, button("取消", this.file.name, () => request.abort()));
      const words = this.item.querySelector(".hint");
      request.upload.addEventListener("progress", event => {
        if (!event.lengthComputable) return;
        bar.value = Math.floor(100 * event.loaded / event.total);
        words.textContent = bar.value < 100 ? `正在上传，已完成${bar.value}%` : "正在检查文件";
      });
      request.addEventListener("load", () => this.heed(request));
      request.addEventListener("error", () => this.lost());
      request.addEventListener("abort", () => this.drop(`已取消上传${this.file.name}`));
      const body = new FormData();
      body.append("csrf_token", form.elements.csrf_token.value);
      body.append("file", this.file, this.file.name);
      request.open("POST", this.address);
      request.send(body);
    }

    heed(request) {
      waiting.delete(this);
      this.isLost = false;
      let told = {};
      try { told = JSON.parse(request.responseText); } catch { /* a page of the server, no answer of ours */ }
      if (request.status === 201) {
        const remove = make("button", "删除", { name: "go", value: `remove:${told.uid}`, class: "as-link" });
        remove.append(make("span", `文件${told.name}`, { class: "visually-hidden" }));
        this.show(`${told.size}，已保存`, remove);
        status.textContent = `文件${told.name}已上传并保存`;
      } else if (request.status === 413) {
        this.refused("文件太大，没有保存：每个不超过20 MB");
      } else {
        this.refused(told.reason || "没有保存，请重试或者稍后再试");
      }
    }

    refused(words) {
      this.show("", make("span", words, { class: "error" }), button("移除", this.file.name, () => this.drop("")));
      status.textContent = words;
    }

    lost() {
      waiting.delete(this);
      this.isLost = true;
      const again = button("重试", this.file.name, () => this.again());
      this.show("", make("span", "连接中断，没有上传完", { class: "error" }), again, " ", button("移除", this.file.name, () => { this.isLost = false; this.drop(""); }));
      status.textContent = `连接中断，文件${this.file.name}没有上传完。连接恢复后请点“重试”`;
      window.addEventListener("online", () => this.again(), { once: true });
    }

    again() {
      if (!this.isLost) return;
      this.isLost = false;
      this.send();
    }
  }

  form.addEventListener("change", event => {
    const input = event.target;
    if (input.type !== "file") return;
    for (const file of input.files) new Sending(input, file);
    input.value = "";
  });
  form.addEventListener("submit", event => {
    if (!waiting.size) return;
    event.preventDefault();
    status.textContent = "附件还在上传：请等上传完成，或者先取消上传";
    status.scrollIntoView({ block: "center" });
  }, { capture: true });
})();
