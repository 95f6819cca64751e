import type { RelabelGroups } from "./regex.js";

/**
 * Puts groups into a text as Go's `regexp.Expand` does: `$1`, `${1}`, `$name`, `${name}`. A name without braces is as long
 * as can be, `$1x` being the group `1x`; a group that is not there is empty; `$$` is a `$`, and a `$` that begins nothing
 * stays.
 */
export function expandTemplate(template: string, { byNumber, byName }: RelabelGroups): string {
  return template.replaceAll(
    /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))?/gu,
    (_found, braced?: string, bare?: string) => {
      const name = braced ?? bare;
      if (name === undefined) return "$";
      // As in Go: no leading zeros.
      if (/^(?:0|[1-9]\d{0,8})$/.test(name)) return byNumber[Number(name)] ?? "";
      return byName.get(name) ?? "";
    },
  );
}
