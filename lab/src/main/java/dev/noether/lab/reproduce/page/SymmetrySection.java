package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Page;
import dev.noether.lab.html.Table;
import dev.noether.lab.reproduce.result.Ablation.Comparison;
import dev.noether.lab.reproduce.result.LearnedSymmetry;
import java.util.List;

/** The comparison of learned with prescribed symmetries; empty without the controls of the default model. */
record SymmetrySection(LearnedSymmetry symmetry) {

    void addTo(Page page) {
        if (symmetry.sets().isEmpty()) {
            return;
        }
        page.section("Learned against prescribed symmetries");
        page.paragraph(
                "Test error × 100 of four forms of the default model with the same seeds: without a symmetry, with"
                        + " prescribed shifts, with prescribed random warps, and with warps learned from the series."
                        + " Each form may reject its symmetry by validation on training rows. Share: gain of the"
                        + " learned form over none, divided by the gain of the better prescribed form, if that gain"
                        + " exceeds its standard error. Harm: whether the learned form is worse than none by more than"
                        + " a standard error over runs.");
        page.add(table());
        Comparison overall = symmetry.overall();
        if (overall != null) {
            page.paragraph(
                    ("On the %d sets where a prescribed symmetry helps, the error of the learned form is %s %% of that"
                                    + " of the better prescribed form [95 %% interval %s, %s], Wilcoxon p = %s.")
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

    /** The percentage that belongs to 100 times a logarithm. */
    private static String percent(double logarithm) {
        return NumberText.number(100 * Math.exp(logarithm / 100));
    }

    private static String difference(Comparison comparison) {
        return NumberText.number(comparison.mean()) + " ± " + NumberText.number(comparison.standardError());
    }
}
