package dev.noether.lab.evaluate;

import dev.noether.cli.console.Screen;
import dev.noether.lab.evaluate.ablate.AblationReport;
import dev.noether.lab.evaluate.ablate.AblationSeries;
import dev.noether.lab.evaluate.ablate.AblationVariant;
import dev.noether.lab.evaluate.ablate.ShapeAblation;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSet;
import dev.noether.lab.evaluate.dataset.SeriesSource;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.training.TrainingDivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The ablation of the shape view over sets of series. Series may run in parallel with the same result. */
public final class AblationRun {
    private static final String WORK = "ablation";

    private final int atOnce;
    private final Screen screen;
    private final RemainingTimeEstimate timeLeft = new RemainingTimeEstimate();

    /**
     * Makes a run.
     *
     * @param atOnce number of series that run in parallel, at least 1
     * @param screen shows the progress
     */
    public AblationRun(int atOnce, Screen screen) {
        this.atOnce = atOnce;
        this.screen = screen;
    }

    /** Runs; every file is read once before the first training, so that a bad file fails early. */
    public List<AblationReport> run(List<EvaluationSet> sets) throws InterruptedException {
        for (EvaluationSet set : sets) {
            set.series().forEach(source -> timeLeft.plan(WORK, rows(source.load(0))));
        }
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<List<Future<AblationSeries>>> futures = new ArrayList<>();
            for (EvaluationSet set : sets) {
                futures.add(set.series().stream()
                        .map(source -> threads.submit(() -> run(set.name(), source)))
                        .toList());
            }
            List<AblationReport> reports = new ArrayList<>();
            for (int i = 0; i < futures.size(); i++) {
                List<AblationSeries> series = new ArrayList<>();
                for (Future<AblationSeries> one : futures.get(i)) {
                    series.add(await(one));
                }
                reports.add(new AblationReport(sets.get(i).name(), series));
            }
            return reports;
        } finally {
            threads.shutdownNow();
        }
    }

    private static AblationSeries await(Future<AblationSeries> one) throws InterruptedException {
        try {
            return one.get();
        } catch (ExecutionException exception) {
            if (exception.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the ablation of a series failed", exception);
        }
    }

    private AblationSeries run(String set, SeriesSource source) {
        EvaluationSeries series = source.load(0);
        long start = System.nanoTime();
        AblationSeries result;
        try (Engine engine = EngineChoice.AUTO.open()) {
            result = ShapeAblation.run(engine, series, variant -> show(set, series, variant));
        } catch (TrainingDivergedException failure) {
            result = AblationSeries.without(series.name(), String.valueOf(failure.getMessage()));
        }
        timeLeft.done(WORK, rows(series), (System.nanoTime() - start) * 1e-9);
        screen.line(set + " " + series.name() + ": " + text(result));
        return result;
    }

    private void show(String set, EvaluationSeries series, AblationVariant variant) {
        screen.progress(() ->
                set + " " + series.name() + ": " + variant.title() + " … (time left " + timeLeft.text(atOnce) + ")");
    }

    private static String text(AblationSeries result) {
        if (result.metrics().isEmpty()) {
            return "not judged: " + result.reason();
        }
        return String.format(
                Locale.ROOT,
                "VUS-PR %.3f with the learned symmetry, %.3f without, %.3f of the plain network with a code of %d;"
                        + " %.0f s",
                result.value(AblationVariant.PROTOTYPES, DetectionMetric.VUS_PR),
                result.value(AblationVariant.PROTOTYPES_0, DetectionMetric.VUS_PR),
                result.value(AblationVariant.NETWORK, DetectionMetric.VUS_PR),
                result.view().codeSize(),
                result.view().seconds());
    }

    private static long rows(EvaluationSeries series) {
        return (long) series.train().length() + series.test().length();
    }
}
