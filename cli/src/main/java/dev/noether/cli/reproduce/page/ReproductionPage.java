package dev.noether.cli.reproduce.page;

import dev.noether.cli.reproduce.Ablation;
import dev.noether.cli.reproduce.BenchmarkSet;
import dev.noether.cli.reproduce.LearnedSymmetry;
import dev.noether.cli.reproduce.ReproductionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The whole page. */
public final class ReproductionPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/>
            <title>Deep Autoencoders: Table 1, reproduced</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 76em; margin: 2em auto; padding: 0 1em; color: #222 }
            table { border-collapse: collapse; margin: 1em 0; font-variant-numeric: tabular-nums; font-size: 13px }
            th, td { padding: .25em .6em; text-align: right; border-bottom: 1px solid #ddd }
            th:first-child, td:first-child { text-align: left }
            .best { font-weight: bold } .noise { color: #888 } .worse { color: #a33 } .better { color: #17702b }
            .wide { overflow-x: auto } .row { display: flex; flex-wrap: wrap; gap: 1.5em; align-items: flex-start }
            figure { margin: .5em 0 } figcaption { max-width: 36em; font-size: 13px; color: #555 }
            svg { max-width: 100%; height: auto; font: 11px system-ui, sans-serif } svg .grid { stroke: #e5e5e5 }
            </style></head><body>
            <h1>Table 1 of “Deep Autoencoders: From Understanding to Generalization Guarantees”, reproduced</h1>
            """;

    private final ReproductionReport report;

    /** Of a report. */
    public ReproductionPage(ReproductionReport report) {
        this.report = report;
    }

    /** Writes it as {@code index.html}, in place of an older one, and gives where that is. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve("index.html"), html());
    }

    /** The page. */
    String html() {
        StringBuilder page = new StringBuilder(HEAD);
        ProtocolSection protocol = new ProtocolSection(report);
        page.append(protocol.introduction());
        page.append(new TableSection(report).html());
        page.append(new AblationSection(report, Ablation.of(report)).html());
        page.append(new SymmetrySection(LearnedSymmetry.of(report)).html());
        page.append("<h2>Set by set</h2>\n");
        SetSection sets = new SetSection(report);
        for (BenchmarkSet set : report.sets()) {
            page.append(sets.html(set));
        }
        page.append(new CostSection(report).html());
        page.append(protocol.html());
        return page.append("</body></html>\n").toString();
    }
}
