package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Page;
import dev.noether.lab.html.Table;
import dev.noether.lab.reproduce.result.Ablation.Comparison;
import dev.noether.lab.reproduce.result.LearnedSymmetry;
import java.util.List;

/** The learned symmetry beside prescribed ones; empty where their controls did not take part. */
record SymmetrySection(LearnedSymmetry symmetry) {

    void addTo(Page page) {
        if (symmetry.sets().isEmpty()) {
            return;
        }
        page.section("A symmetry that is learned, beside prescribed ones");
        page.paragraph("Test error × 100 of the default model in four forms, all of which choose by validation on"
                + " training rows, none included, with runs of the same seeds: without a symmetry, with prescribed"
                + " shifts, with prescribed random warps, and as it is, with warps learned from the series. Share:"
                + " gain of the learned form over none as a part of the better prescribed form's, where that is"
                + " larger than its standard error. Harm: whether the learned form is worse than none by more"
                + " than a standard error over runs.");
        page.add(table());
        Comparison overall = symmetry.overall();
        if (overall != null) {
            page.paragraph(
                    "Over the %d sets on which a prescription helps, the error of the learned form is %s %% of that of the better prescribed one [95 %% interval %s, %s], Wilcoxon p = %s."
                            .formatted(
                                    overall.pairs(),
                                    percent(overall.mean()),
                                    percent(overall.lower()),
                                    percent(overall.upper()),
                                    NumberText.number(overall.wilcoxon())));
        }
    }

    private Table table() {
        Table table = new Table(List.of("set", "none", "shift", "warp", "learned", "share", "learned − none", "harm"));
        symmetry.sets()
                .forEach((set, row) -> table.row(
                        set,
                        List.of(
                                NumberText.number(row.none()),
                                NumberText.number(row.shift()),
                                NumberText.number(row.warp()),
                                NumberText.number(row.learned()),
                                row.share() == null
                                        ? "no gain to reach"
                                        : NumberText.number(row.share()) + " of " + row.bestPrescribed(),
                                difference(row.learnedMinusNone()),
                                row.harmless() ? "no" : "yes")));
        return table;
    }

    /** Of 100 times a logarithm. */
    private static String percent(double logarithm) {
        return NumberText.number(100 * Math.exp(logarithm / 100));
    }

    private static String difference(Comparison comparison) {
        return NumberText.number(comparison.mean()) + " ± " + NumberText.number(comparison.standardError());
    }
}
