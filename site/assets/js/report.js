// The link that reports a message without an entry: it has what stands in the box
// beside it, as the reader leaves it, cut to what an address can hold.
const longest = 6000; // characters of the address

export function reportLink(box, text) {
  const area = box.querySelector("textarea");
  const link = box.querySelector("a");
  const show = () => {
    for (;;) {
      const value = encodeURIComponent(area.value.toWellFormed());
      link.href = box.dataset.report.replace("{text}", () => value);
      if (value.length <= longest) return;
      area.value = area.value.slice(0, Math.floor((area.value.length * longest) / value.length)); // what goes along is what is seen
    }
  };
  area.addEventListener("input", show);
  if (text !== undefined) area.value = text;
  show();
}
