// The page's own line to its widget in the kernel: as much of Jupyter's messages (v1.kernel.websocket.jupyter.org) and of the
// widgets' protocol (2.1.0) as one anywidget needs. It stands in for JupyterLab, which is 4 MB of scripts in sixty files.
const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const VIEW = "application/vnd.jupyter.widget-view+json";
const SOON = 500, LATEST = 8000; // milliseconds until a line that was cut is tried again, at first and at most
const CHANNEL = 0, HEADER = 1, CONTENT = 4, BUFFERS = 5; // the places of a message's parts; 2 and 3 are its parent and metadata

const made = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// A message is its parts one after the other, behind the number of their borders and the borders themselves.
function packed(parts) {
  const bytes = parts.map((part) => new TextEncoder().encode(typeof part === "string" ? part : JSON.stringify(part)));
  const head = 8 * (bytes.length + 2);
  const message = new Uint8Array(head + bytes.reduce((sum, part) => sum + part.length, 0)), view = new DataView(message.buffer);
  const write = (place, number) => view.setBigUint64(8 * place, BigInt(number), true);
  write(0, bytes.length + 1);
  let at = head;
  bytes.forEach((part, place) => { write(place + 1, at); message.set(part, at); at += part.length; });
  write(bytes.length + 1, at);
  return message;
}

function unpacked(buffer) {
  const view = new DataView(buffer), read = (place) => Number(view.getBigUint64(8 * place, true));
  const part = (place) => new Uint8Array(buffer, read(place + 1), read(place + 2) - read(place + 1));
  const json = (place) => JSON.parse(new TextDecoder().decode(part(place)));
  const count = read(0) - 1;
  return { kind: json(HEADER).msg_type, content: json(CONTENT), buffers: Array.from({ length: count - BUFFERS }, (_, at) => part(BUFFERS + at)) };
}

// What an anywidget's script is given: the state that the kernel wrote, and a way to send moves.
class Model {
  constructor(send) { Object.assign(this, { send, state: null, heard: new Map(), asked: false }); }
  get(name) { return this.state[name]; }
  on(event, does) { this.heard.set(event, [...(this.heard.get(event) ?? []), does]); }
  tell(event, ...what) { for (const does of this.heard.get(event) ?? []) does(...what); }
  take(state) {
    const before = this.state ?? {};
    this.state = { ...before, ...state };
    for (const name of Object.keys(state)) if (before[name] !== state[name]) this.tell(`change:${name}`);
  }
}

// Opens the line at once, while the kernel still works; `show` draws the widget when it is known which one it is.
function connection(address) {
  const session = made(), models = new Map(), waiting = [];
  let line = null, delay = SOON, left = false;

  const ask = (id, data) => {
    const header = { msg_id: made(), msg_type: "comm_msg", session, username: "", date: new Date().toISOString(), version: "5.4" };
    const message = packed(["shell", header, {}, {}, { comm_id: id, data }]);
    if (line?.readyState === WebSocket.OPEN) line.send(message);
    else waiting.push(message);
  };
  const model = (id) => {
    if (!models.has(id)) models.set(id, new Model((content) => ask(id, { method: "custom", content })));
    return models.get(id);
  };
  const heard = ({ data }) => {
    const { kind, content, buffers } = unpacked(data);
    const { method, state, content: said } = content.data ?? {};
    const about = model(content.comm_id);
    if (kind === "comm_open" || method === "update") about.take(state);
    if (method === "update" && about.asked) {
      about.asked = false;
      about.tell("msg:custom", { done: true }, []); // this answers whatever was sent before the line was cut
    }
    if (method === "custom") about.tell("msg:custom", said, buffers);
  };
  const open = () => {
    line = new WebSocket(`${address.replace(/^http/, "ws")}?session_id=${session}`, [PROTOCOL]);
    line.binaryType = "arraybuffer";
    line.onmessage = heard;
    line.onopen = () => {
      delay = SOON;
      for (const message of waiting.splice(0)) line.send(message);
      // After a cut an answer may be missing; the kernel answers in turn, so this comes after all that was sent.
      for (const [id, about] of models) {
        if (!about.state) continue;
        about.asked = true;
        ask(id, { method: "request_state" });
      }
    };
    line.onclose = () => {
      if (!left) setTimeout(open, delay);
      delay = Math.min(2 * delay, LATEST);
    };
  };
  open();
  addEventListener("pagehide", () => { left = true; });

  const state = async (id) => {
    const one = model(id);
    if (!one.state) ask(id, { method: "request_state" });
    while (!one.state) await new Promise((ready) => one.on("change:_esm", ready));
    return one;
  };
  const show = async (output, place) => {
    const one = await state(output.data[VIEW].model_id), style = document.createElement("style");
    style.textContent = one.get("_css");
    const script = URL.createObjectURL(new Blob([one.get("_esm")], { type: "text/javascript" }));
    const { default: widget } = await import(script);
    URL.revokeObjectURL(script);
    document.head.append(style);
    widget.render({ model: one, el: place });
  };
  return { show };
}
