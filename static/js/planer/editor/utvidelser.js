// What the text may hold: the same as felles/riktekst.py lets through. Nothing here writes a style attribute; the CSP forbids it.
import { Node } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Italic } from "@tiptap/extension-italic";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Text } from "@tiptap/extension-text";
import { Gapcursor, UndoRedo } from "@tiptap/extensions";

const SMAA = "(paragraph|bulletList|orderedList)+";
export const ADRESSE = /^(https?:\/\/|mailto:|\/(?![/\\])|#)[^\s<>"\\]*$/i;

// A live figure: one indivisible thing in the text. `kjente`: key → { verdi, kilde }.
const tall = (kjente, mangler) =>
  Node.create({
    name: "tall",
    group: "inline",
    inline: true,
    atom: true,
    selectable: true,
    addAttributes: () => ({ nokkel: { default: "", parseHTML: (e) => e.dataset.tall } }),
    parseHTML: () => [{ tag: "span[data-tall]" }],
    renderHTML: ({ node }) => ["span", { "data-tall": node.attrs.nokkel }],
    renderText: ({ node }) => kjente[node.attrs.nokkel]?.verdi ?? "",
    addNodeView: () => ({ node }) => {
      const dom = document.createElement("span");
      const kjent = kjente[node.attrs.nokkel];
      dom.className = kjent?.verdi ? "plantall" : "plantall mangler";
      dom.textContent = kjent?.verdi || mangler;
      dom.title = kjent?.kilde ?? "";
      dom.contentEditable = "false";
      return { dom };
    },
  });

export const utvidelser = (kjente, mangler) => [
  Document,
  Paragraph,
  Text,
  HardBreak,
  Heading.configure({ levels: [3, 4] }),
  Bold,
  Italic,
  Link.configure({
    openOnClick: false,
    autolink: true,
    linkOnPaste: true,
    HTMLAttributes: { rel: "noopener noreferrer", target: null },
    isAllowedUri: (adresse) => ADRESSE.test(adresse ?? ""),
  }),
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  Blockquote.extend({ content: SMAA }),
  Table.extend({ renderHTML: () => ["table", ["tbody", 0]], addNodeView: () => null }).configure({ resizable: false }),
  TableRow,
  TableCell.extend({ content: SMAA }),
  TableHeader.extend({ content: SMAA }),
  Gapcursor,
  UndoRedo,
  tall(kjente, mangler),
];
