// A code of the moves made here, which the workbook makes again: as display/state_text.py writes it, so its field for links and
// codes takes it. The case's name in it is that of the public items, so the code tells nothing else.
const code = (() => {
  "use strict";

  const VERSION = "1.";

  async function written({ caseKey, day }, log) {
    if (!log.length) return "";
    const bytes = new TextEncoder().encode(JSON.stringify({ case: caseKey, day, log }));
    const packed = await (typeof CompressionStream === "undefined" ? stored(bytes) : deflated(bytes));
    const letters = Array.from(packed, (one) => String.fromCharCode(one)).join("");
    return VERSION + btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  }

  async function deflated(bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  // The same as one stored block, for browsers that cannot deflate; a log of moves is far shorter than such a block may be.
  function stored(bytes) {
    const size = bytes.length, sums = bytes.reduce(([one, other], byte) => [(one + byte) % 65521, (other + one + byte) % 65521], [1, 0]);
    return new Uint8Array([0x78, 0x01, 0x01, size & 255, size >> 8, ~size & 255, (~size >> 8) & 255, ...bytes,
      sums[1] >> 8, sums[1] & 255, sums[0] >> 8, sums[0] & 255]);
  }

  return { written, stored };
})();
