package dev.noether.cli.evaluate.output;

import dev.noether.cli.evaluate.measure.SetReport;
import java.util.List;

/** TODO. */
public final class EvaluationPage {
    private EvaluationPage() {}

    public static String of(List<SetReport> sets) {
        return "" + sets.size();
    }
}
