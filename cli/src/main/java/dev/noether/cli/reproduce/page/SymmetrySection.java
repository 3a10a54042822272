package dev.noether.cli.reproduce.page;

import dev.noether.cli.reproduce.Ablation.Comparison;
import dev.noether.cli.reproduce.LearnedSymmetry;
import java.util.ArrayList;
import java.util.List;

/** The learned symmetry beside prescribed ones; empty where their controls did not take part. */
record SymmetrySection(LearnedSymmetry symmetry) {

    String html() {
        if (symmetry.sets().isEmpty()) {
            return "";
        }
        List<List<String>> rows = new ArrayList<>();
        symmetry.sets()
                .forEach((set, row) -> rows.add(List.of(
                        Html.text(set),
                        Html.number(row.none()),
                        Html.number(row.shift()),
                        Html.number(row.warp()),
                        Html.number(row.learned()),
                        row.share() == null
                                ? "no gain to reach"
                                : Html.number(row.share()) + " of " + row.bestPrescribed(),
                        difference(row.learnedMinusNone()),
                        row.harmless() ? "no" : "yes")));
        Comparison overall = symmetry.overall();
        String together = overall == null
                ? ""
                : Html.paragraph(
                        "Over the %d sets on which a prescription helps, the error of the learned form is %s %% of that of the better prescribed one [95 %% interval %s, %s], Wilcoxon p = %s."
                                .formatted(
                                        overall.pairs(),
                                        percent(overall.mean()),
                                        percent(overall.lower()),
                                        percent(overall.upper()),
                                        Html.number(overall.wilcoxon())));
        return "<h2>A symmetry that is learned, beside prescribed ones</h2>\n"
                + Html.paragraph(
                        "Test error × 100 of the default model in four forms, all of which choose by validation on"
                                + " training rows, none included, with runs of the same seeds: without a symmetry, with prescribed"
                                + " shifts, with prescribed random warps, and as it is, with warps learned from the series. Share:"
                                + " gain of the learned form over none as a part of the better prescribed form's, where that is"
                                + " larger than its standard error. Harm: whether the learned form is worse than none by more"
                                + " than a standard error over runs.")
                + "<div class=\"wide\">"
                + Html.table(
                        List.of("set", "none", "shift", "warp", "learned", "share", "learned − none", "harm"), rows)
                + "</div>\n" + together;
    }

    /** Of 100 times a logarithm. */
    private static String percent(double logarithm) {
        return Html.number(100 * Math.exp(logarithm / 100));
    }

    private static String difference(Comparison comparison) {
        return Html.number(comparison.mean()) + " ± " + Html.number(comparison.standardError());
    }
}
