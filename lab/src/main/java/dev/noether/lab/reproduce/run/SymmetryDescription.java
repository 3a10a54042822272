package dev.noether.lab.reproduce.run;

import dev.noether.lab.series.SeriesModel;
import dev.noether.model.symmetry.learned.SymmetryCandidate;
import dev.noether.model.symmetry.learned.SymmetryReport;
import java.util.Locale;

/** The description of a chosen symmetry. */
final class SymmetryDescription {
    private SymmetryDescription() {}

    /** Such as {@code learned warp, strength 1.5, smoothing 2.0: validation error 0.2213 against 0.2781 without}. */
    static String of(SymmetryReport report) {
        return report.chosen().map(chosen -> candidateText(report, chosen)).orElse("none");
    }

    /** The same, followed by the share of what was learned that is used, where it is not all. */
    static String of(SeriesModel model) {
        String symmetry = of(model.symmetry());
        return model.learnedShare() == 1
                ? symmetry
                : "%s; %s of the learned part is used".formatted(symmetry, model.learnedShare());
    }

    private static String candidateText(SymmetryReport report, SymmetryCandidate chosen) {
        double error = report.trials().stream()
                .filter(trial -> trial.candidate().equals(chosen))
                .mapToDouble(SymmetryReport.Trial::error)
                .findFirst()
                .orElse(Double.NaN);
        return String.format(
                Locale.ROOT,
                "%s, strength %s, smoothing %s: validation error %.4f against %.4f without",
                chosen.family().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                chosen.strength(),
                chosen.smoothing(),
                error,
                report.noneError());
    }
}
