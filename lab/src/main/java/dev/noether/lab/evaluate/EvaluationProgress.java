package dev.noether.lab.evaluate;

import dev.noether.cli.console.Screen;
import dev.noether.cli.data.TimeFormat;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.evaluate.measure.MetricValues;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.output.ScoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the progress of an evaluation, and writes the scores of each series as soon as it is scored. */
public final class EvaluationProgress implements EvaluationListener {
    private static final int MOST_INCIDENTS = 20;

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

    /** Says what was recognised in the files, where that is not fixed by the layout. */
    @Override
    public void read(String set, EvaluationSeries series) {
        EvaluationSeries.Input input = series.input();
        TimeFormat times = input.times();
        if (times == null || !times.isDated() && input.isLabelled()) {
            return;
        }
        String span = times.isDated()
                ? " (" + Instant.ofEpochMilli(series.train().times()[0]) + " to "
                        + Instant.ofEpochMilli(
                                series.test().times()[series.test().length() - 1]) + ")"
                : "";
        screen.line(set + " " + series.name() + ": times are " + times.description() + span + "; training on "
                + series.train().length() + " rows, judging "
                + series.test().length() + (input.isLabelled() ? "" : " without labels"));
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
        } else if (!report.isLabelled()) {
            List<String> incidents = report.incidents();
            screen.line(set + " " + report.name() + ": " + incidents.size()
                    + (incidents.size() == 1 ? " incident in " : " incidents in ")
                    + report.size().rows() + " rows");
            incidents.stream().limit(MOST_INCIDENTS).forEach(incident -> screen.line("  " + incident));
            if (incidents.size() > MOST_INCIDENTS) {
                screen.line("  and " + (incidents.size() - MOST_INCIDENTS) + " more");
            }
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
