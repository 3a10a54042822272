package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Table;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.run.RunResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table of chosen hyperparameters and failed runs, and the plain autoencoder's test error by learning rate. */
final class HyperparameterTable {
    private HyperparameterTable() {}

    static Table of(List<MethodResult> results) {
        Table table = new Table(List.of(
                "method",
                "learning rate",
                "strength",
                "best epoch",
                "bi-orthogonality defect",
                "seconds in all",
                "remarks (first run), failures"));
        for (MethodResult result : results) {
            Hyperparameters chosen = result.hyperparameters();
            String remark = result.runs().stream()
                    .map(run -> run.findings().remark())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            table.row(
                    result.method().label(),
                    List.of(
                            chosen == null ? "" : NumberText.number(chosen.learningRate()),
                            chosen == null || chosen.strength() == 0 ? "" : NumberText.number(chosen.strength()),
                            bestEpoch(result),
                            InspectionFigures.inspection(result)
                                    .map(inspection -> NumberText.number(inspection.biorthogonalityDefect()))
                                    .orElse(""),
                            NumberText.number(result.seconds()),
                            remark + failures(result)));
        }
        return table;
    }

    /** How much the plain autoencoder's test error depends on the learning rate, which the paper does not state. */
    static Optional<String> learningRates(List<MethodResult> results) {
        return results.stream()
                .filter(result -> result.method() == ComparedMethod.AE)
                .map(result -> result.trials().stream()
                        .filter(trial -> trial.testError() != null)
                        .flatMap(trial -> learningRate(trial).stream())
                        .collect(Collectors.joining(", ")))
                .filter(trials -> !trials.isEmpty())
                .findFirst()
                .map(trials -> "The plain autoencoder by learning rate alone, one training each, test error × 100"
                        + " (for comparison; no choice used it): " + trials + ".");
    }

    private static Optional<String> learningRate(RunResult trial) {
        Hyperparameters hyperparameters = trial.hyperparameters();
        Double error = trial.testError();
        return hyperparameters == null || error == null
                ? Optional.empty()
                : Optional.of(
                        NumberText.number(hyperparameters.learningRate()) + " → " + NumberText.number(100 * error));
    }

    private static String bestEpoch(MethodResult result) {
        return result.hyperparameters() == null
                ? ""
                : NumberText.number(result.runs().stream()
                        .filter(run -> run.failure() == null)
                        .mapToInt(run -> run.course().bestEpoch())
                        .average()
                        .orElse(Double.NaN));
    }

    private static String failures(MethodResult result) {
        return result.failed() == 0
                ? ""
                : " " + result.failed() + " of " + result.runs().size() + " runs failed: diverged twice";
    }
}
