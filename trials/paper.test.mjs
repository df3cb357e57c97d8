// SPDX-License-Identifier: AGPL-3.0-or-later
// paper.test.mjs: our documents, read back by the programs of others: poppler, qpdf, zbar, LibreOffice.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

const execute = promisify(execFile);
const SAMPLE = process.env.PAPER_SAMPLE ?? path.join(path.dirname(process.env.VOCERO_BINARY ?? "."), "../paper/paper_sample");
const OFFICE = ["/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice"].find(existsSync);
const ROWS = 40;
const FIGURES = ["68", "14", "1,236", "40", "812", "188", "204", "161", "176", "83", "160", "190", "170", "168", "88"];
const VERIFY = "https://vocero.example/v/VOC-7K3F-92";

const withSample = { skip: existsSync(SAMPLE) ? false : `needs ${SAMPLE}: ninja builds it` };
const withOffice = { skip: withSample.skip || (OFFICE ? false : "LibreOffice is not here") };

let folder;

async function run(program, ...args) {
    const { stdout } = await execute(program, args, { maxBuffer: 1 << 26, cwd: folder });
    return stdout;
}

// The file that the sample program writes.
async function sample(format, rows = 0) {
    const { stdout } = await execute(SAMPLE, [format, String(rows)], { encoding: "buffer", maxBuffer: 1 << 26 });
    const file = path.join(folder, `informe-${rows}.${format}`);
    await writeFile(file, stdout);
    return file;
}

async function convert(file, format) {
    const home = `-env:UserInstallation=file://${folder}/office`;
    await run(OFFICE, home, "--headless", "--convert-to", format, "--outdir", folder, file);
    return file.replace(/\.\w+$/, "");
}

before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vocero-paper-"));
});

after(async () => {
    await rm(folder, { recursive: true, force: true });
});

test("the PDF says what it is", withSample, async () => {
    const info = await run("pdfinfo", await sample("pdf"));
    assert.match(info, /^Title: +Informe mensual de actividades$/m);
    assert.match(info, /^Author: +Dirección General de Comunicación Social$/m);
    assert.match(info, /^Tagged: +yes$/m);
    assert.match(info, /^Pages: +1$/m);
    assert.match(info, /^Page size: +612 x 792 pts \(letter\)$/m);
    assert.match(info, /^Encrypted: +no$/m);
});

test("qpdf finds nothing wrong in a PDF of one page and of many", withSample, async () => {
    for (const rows of [0, 1, ROWS, 500]) {
        await run("qpdf", "--check", await sample("pdf", rows));
    }
});

test("the PDF's text comes out as it was written", withSample, async () => {
    const text = await run("pdftotext", "-layout", await sample("pdf"), "-");
    for (const words of [
        "Ayuntamiento de San Luis Potosí",
        "Testimonio fotográfico de eventos",
        "Esterilización: jornadas en seis parques.",
        "38 minutos (mediana), por debajo de la meta de 60.",
        "Página 1 de 1",
        "Folio INF-2022-07",
    ]) {
        assert.ok(text.includes(words), `the text lacks ${words}`);
    }
    for (const figure of FIGURES.slice(0, 5)) {
        assert.match(text, new RegExp(`\\b${figure}\\b`));
    }
});

test("every font is embedded, cut down, and says which letters it shows", withSample, async () => {
    const fonts = await run("pdffonts", await sample("pdf", ROWS));
    const rows = fonts.trim().split("\n").slice(2);
    assert.ok(rows.length >= 4);
    for (const row of rows) {
        assert.match(row, /^[A-Z]{6}\+(PublicSans|BricolageGrotesque|NotoEmoji)-.* yes yes yes /);
    }
});

test("a screen reader finds headings, lists, tables with heads, links and the chart's words", withSample, async () => {
    const tree = await run("pdfinfo", "-struct-text", await sample("pdf", ROWS));
    assert.match(tree, /^Document\n/);
    assert.match(tree, /H1 \(block\)\n +"Informe mensual de actividades"/);
    assert.match(tree, /H2 \(block\)\n +"Actividades y metas"/);
    assert.match(tree, /H2 \(block\)\n +Link \(inline\)\n +"Relación de eventos"/);
    assert.match(tree, /H3 \(block\)\n +"Cómo se cuenta"/);
    assert.match(tree, /Table[^"]*TR\n +TH[^"]*\/Scope \/Column\n +"Actividad"/);
    assert.match(tree, /TH[^"]*\/Scope \/Row\n +"Testimonio fotográfico de eventos"\n/);
    assert.match(tree, /TD[^"]*Link \(inline\)\n +"1,236"/);
    assert.match(tree, /\/ListNumbering \/Decimal\n +LI[^"]*Lbl[^"]*"1\."\n +LBody[^"]*"Se cuenta cada registro una vez\."/);
    assert.match(tree, /Figure:\n[^"]*"0100200Sem\. 1.*Resueltos"/);
    // what repeats on each page is read once
    assert.equal(tree.match(/"Asistentes"/g).length, 1);
    assert.doesNotMatch(tree, /Página/);
});

async function objects(file) {
    const json = JSON.parse(await run("qpdf", "--json=2", file));
    return json.qpdf[1];
}

function follow(all, value) {
    return typeof value === "string" && / 0 R$/.test(value) ? all[`obj:${value}`].value : value;
}

test("each link is an annotation that its element owns, each heading a bookmark", withSample, async () => {
    const all = await objects(await sample("pdf", ROWS));
    const values = Object.values(all).map((object) => object.value ?? {});
    const root = follow(all, all.trailer.value["/Root"]);
    const parents = follow(all, follow(all, root["/StructTreeRoot"])["/ParentTree"])["/Nums"];
    const owners = new Map(parents.flatMap((key, i) => (i % 2 ? [] : [[key, parents[i + 1]]])));
    const links = values.filter((value) => value["/Subtype"] === "/Link");
    assert.equal(links.length, 3 + 6 + 1 + 1 + ROWS + 1);
    for (const link of links) {
        assert.match(link["/A"]["/URI"], /^u:https:\/\/vocero\.example\//);
        assert.ok(link["/Contents"].length > 2);
        assert.equal(follow(all, owners.get(link["/StructParent"]))["/S"], "/Link");
    }
    for (const page of values.filter((value) => value["/Type"] === "/Page")) {
        assert.equal(page["/Tabs"], "/S");
        assert.ok(Array.isArray(follow(all, owners.get(page["/StructParents"]))));
    }
    const outline = follow(all, root["/Outlines"]);
    const entries = [];
    for (let entry = follow(all, outline["/First"]); entry; entry = follow(all, entry["/Next"])) {
        entries.push(entry["/Title"]);
    }
    assert.deepEqual(entries, ["u:Actividades y metas", "u:Lo más relevante", "u:Reportes por semana", "u:Relación de eventos"]);
    assert.equal(root["/Lang"], "u:es-MX");
    assert.equal(root["/MarkInfo"]["/Marked"], true);
    assert.equal(root["/ViewerPreferences"]["/DisplayDocTitle"], true);
});

test("each picture is told in words", withSample, async () => {
    const all = Object.values(await objects(await sample("pdf"))).map((object) => object.value ?? {});
    const told = all.filter((value) => value["/S"] === "/Figure").map((value) => value["/Alt"]);
    assert.deepEqual(told.map((text) => text.split(/[:.]/)[1]).sort(), ["Código QR que abre la verificación de este informe", "Gráfica de barras"]);
});

test("it says that it is PDF/UA", withSample, async () => {
    const bytes = await readFile(await sample("pdf"), "latin1");
    assert.match(bytes, /<pdfuaid:part>1<\/pdfuaid:part>/);
    assert.match(bytes, /^%PDF-1\.7/);
});

// What paints outside of a mark would be neither content nor artifact.
function paintedUnmarked(content) {
    const words = content.replace(/\((?:\\[\s\S]|[^\\()])*\)/g, " () ").split(/[\s\[\]]+/);
    let depth = 0;
    return words.filter((word) => {
        depth += { BDC: 1, BMC: 1, EMC: -1 }[word] ?? 0;
        assert.ok(depth >= 0, "an EMC without a beginning");
        return !depth && /^(f\*?|S|s|B\*?|b\*?|Do|sh|Tj|TJ|\)Tj|\]TJ|\(\)Tj)$/.test(word);
    });
}

test("all that is painted is content or an artifact", withSample, async () => {
    const file = await sample("pdf", ROWS);
    const plain = path.join(folder, "plain.pdf");
    await run("qpdf", "--qdf", "--object-streams=disable", file, plain);
    const pages = (await readFile(plain, "latin1")).split(/^stream\n/m).filter((part) => /\/MCID \d+/.test(part.slice(0, 4000)));
    assert.ok(pages.length >= 3);
    for (const page of pages) {
        const content = page.slice(0, page.indexOf("endstream"));
        assert.match(content, /\/Artifact BMC/);
        assert.deepEqual(paintedUnmarked(content), []);
    }
});

test("a telephone reads the seal", withSample, async () => {
    const file = await sample("pdf");
    await run("pdftoppm", "-r", "150", "-png", "-singlefile", file, path.join(folder, "page"));
    const read = await run("zbarimg", "--quiet", "--raw", path.join(folder, "page.png"));
    assert.equal(read.trim(), VERIFY);
});

test("the Word file opens, with every figure, its lists and its heads", withOffice, async () => {
    const file = await sample("docx", ROWS);
    const text = await readFile(`${await convert(file, "txt:Text (encoded):UTF8")}.txt`, "utf8");
    const lines = text.split("\n").map((line) => line.trim());
    for (const figure of FIGURES) {
        assert.ok(lines.includes(figure), `the text lacks ${figure}`);
    }
    for (const line of ["Actividades y metas", "1. Se cuenta cada registro una vez.", "Verifica: código\u00a0VOC-7K3F-92"]) {
        assert.ok(lines.includes(line), `the text lacks ${line}`);
    }
});

test("the Word file's pages repeat the table's head, and links lead out", withOffice, async () => {
    const pdf = `${await convert(await sample("docx", 100), "pdf")}.pdf`;
    const pages = (await run("pdftotext", "-layout", pdf, "-")).split("\f").slice(0, -1);
    assert.ok(pages.length >= 3);
    assert.match(pages[1], /^\s*Fecha +Evento +Asistentes\n/);
    assert.match(pages[1], new RegExp(`Página\\s2 de\\s${pages.length}`));
    const uris = (await run("pdfinfo", "-url", pdf)).match(/https:\/\/vocero\.example\/\S+/g);
    assert.ok(uris.includes("https://vocero.example/informes/2022-07/actividad-3"));
    assert.ok(uris.includes(VERIFY));
});

test("the workbook holds numbers and days, not their pictures", withOffice, async () => {
    const file = await sample("xlsx", 3);
    const rest = "44,34,76,1,,0,false,true,false,false,false,-1";
    const stem = await convert(file, `csv:Text - txt - csv (StarCalc):${rest}`);
    const figures = await readFile(`${stem}-Actividades.csv`, "utf8");
    assert.match(figures, /^Actividad,Unidad,Meta,Logrado$/m);
    assert.match(figures, /^Testimonio fotográfico de eventos,Fotografía,900,"?1,?236"?$/m);
    const events = await readFile(`${stem}-Eventos.csv`, "utf8");
    assert.match(events, /^Fecha,Evento,Asistentes$/m);
    assert.match(events, /2022.*,Evento número 3 de la agenda pública de la ciudad,94$/m);
});
