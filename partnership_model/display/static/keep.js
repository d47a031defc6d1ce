// Offers a file that the kernel made, and hands the kernel one that somebody chose. What is in it, nothing here reads.

const LARGEST_FILE = 1024 * 1024;

function offer(name, bytes) {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// A file that is too large is not sent; the kernel says so. Chosen once more, the same file counts again.
async function chosen(node, send) {
  const [file] = node.files;
  if (!file) return;
  const move = { do: "open_file", beside: node.dataset.beside === "true", size: file.size, file: "" };
  if (file.size <= LARGEST_FILE) {
    let letters = "";
    const bytes = new Uint8Array(await file.arrayBuffer().catch(() => new ArrayBuffer(0)));
    for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
    move.file = btoa(letters);
  }
  node.value = "";
  send(move);
}
