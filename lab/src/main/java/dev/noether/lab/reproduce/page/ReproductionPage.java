package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Page;
import dev.noether.lab.reproduce.result.Ablation;
import dev.noether.lab.reproduce.result.LearnedSymmetry;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The whole page. */
public final class ReproductionPage {
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
        Page page = new Page("“Deep Autoencoders: From Understanding to Generalization Guarantees”, reproduced");
        Ablation ablation = Ablation.of(report);
        ProtocolSection protocol = new ProtocolSection(report);
        protocol.introduce(page);
        new FindingsSection(report, ablation).addTo(page);
        new TableSection(report).addTo(page);
        new AblationSection(report, ablation).addTo(page);
        new SymmetrySection(LearnedSymmetry.of(report)).addTo(page);
        page.section("Set by set");
        SetSection sets = new SetSection(report);
        for (BenchmarkSet set : report.sets()) {
            sets.addTo(page, set);
        }
        new CostSection(report).addTo(page);
        protocol.addTo(page);
        return page.html();
    }
}
