package dev.noether.lab.evaluate;

import dev.noether.cli.console.Screen;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.evaluate.measure.MetricValues;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.output.ScoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the progress of an evaluation, and writes the scores of each series as soon as it is scored. */
public final class EvaluationProgress implements EvaluationListener {
    private final Screen screen;
    private final @Nullable ScoreFiles files;

    /**
     * Creates a listener.
     *
     * @param files writes the scores; null for no files
     */
    public EvaluationProgress(Screen screen, @Nullable ScoreFiles files) {
        this.screen = screen;
        this.files = files;
    }

    @Override
    public void starts(String set, String series, String detector, String timeLeft) {
        screen.progress(() -> set + " " + series + ": " + detector + " … (time left " + timeLeft + ")");
    }

    @Override
    public void scored(String set, EvaluationSeries series, int split, DetectorOutput output) {
        if (files == null) {
            return;
        }
        try {
            files.write(set, series, split, output);
        } catch (IOException exception) {
            throw new UncheckedIOException("the scores of " + series.name() + " cannot be written", exception);
        }
    }

    @Override
    public void completed(String set, SeriesReport report) {
        MetricValues figures = report.metrics().get(Evaluation.DETECTOR);
        if (figures == null) {
            screen.line(set + " " + report.name() + ": " + report.failures().get(Evaluation.DETECTOR));
        } else if (report.table()) {
            screen.line(String.format(
                    Locale.ROOT,
                    "%s %s: AUC-ROC %.3f, AUC-PR %.3f",
                    set,
                    report.name(),
                    figures.get(DetectionMetric.AUC_ROC),
                    figures.get(DetectionMetric.AUC_PR)));
        } else {
            screen.line(String.format(
                    Locale.ROOT,
                    "%s %s: VUS-PR %.3f, events at 10 %.3f of %d",
                    set,
                    report.name(),
                    figures.get(DetectionMetric.VUS_PR),
                    figures.get(DetectionMetric.EVENTS_AT_10),
                    report.size().events()));
        }
    }
}
