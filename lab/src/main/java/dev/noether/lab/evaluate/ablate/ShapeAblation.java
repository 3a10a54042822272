package dev.noether.lab.evaluate.ablate;

import dev.noether.lab.evaluate.ablate.PeriodWindows.Windows;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.evaluate.measure.MetricValues;
import dev.noether.lab.metric.DominantPeriod;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.lab.metric.UcrScore;
import dev.noether.lab.metric.VolumeUnderSurface;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.shape.ShapeChoice;
import dev.noether.model.shape.ShapeGroup;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.shape.ShapeTrainer;
import dev.noether.model.shape.ShapeTraining;
import dev.noether.model.shape.SignalLevel;
import dev.noether.model.shape.SignalRun;
import dev.noether.model.shape.SymmetryAutoencoder;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.RepeatingSignal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Trains and scores all variants on one series. Not thread-safe; belongs to the thread of its engine. */
public final class ShapeAblation {
    /** The motions are as good as free: more changes nothing, and larger numbers lose digits. */
    private static final double FREE = 1e6;

    private static final int WARM_UP_ROWS = 1_000;
    private static final long SEED = 1;

    private final Engine engine;
    private final EvaluationSeries series;
    private final Consumer<AblationVariant> progress;
    private final Map<AblationVariant, MetricValues> metrics = new EnumMap<>(AblationVariant.class);
    private final int buffer;

    private ShapeAblation(Engine engine, EvaluationSeries series, Consumer<AblationVariant> progress) {
        this.engine = engine;
        this.series = series;
        this.progress = progress;
        this.buffer = DominantPeriod.of(series.test().column(0));
    }

    /**
     * Trains and scores.
     *
     * @param progress receives each variant before it is judged
     */
    public static AblationSeries run(Engine engine, EvaluationSeries series, Consumer<AblationVariant> progress) {
        int anomalous = 0;
        for (boolean label : series.labels()) {
            anomalous += label ? 1 : 0;
        }
        if (series.table() || anomalous == 0 || anomalous == series.labels().length) {
            return AblationSeries.without(series.name(), "it has no labelled events among normal rows");
        }
        return new ShapeAblation(engine, series, progress).run();
    }

    private AblationSeries run() {
        long start = System.nanoTime();
        progress.accept(AblationVariant.PROTOTYPES);
        EntityHistory history = EntityHistory.of(
                series.name(), series.train().times(), series.train().values());
        RepeatingSignal found = RepeatingSignal.of(List.of(history), series.width(), interval(), null);
        if (found.signal() == null) {
            return AblationSeries.without(series.name(), found.reason());
        }
        ShapeTrainer.Decision decision = new ShapeTrainer(engine, ShapeChoice.AUTO, SEED).train(found.signal());
        ShapeTraining training = decision.training();
        if (training == null) {
            return AblationSeries.without(
                    series.name(), String.valueOf(decision.provenance().get("shape.reason")));
        }
        int codeSize = judge(training, found.signal().runs());
        ShapeGroup group = training.model().groups().get(0);
        double seconds = (System.nanoTime() - start) * 1e-9;
        return new AblationSeries(
                series.name(), metrics, new AblationSeries.View(group.period().rows(), codeSize, seconds), "");
    }

    private Duration interval() {
        long[] times = series.train().times();
        long[] steps = new long[times.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = times[i + 1] - times[i];
        }
        Arrays.sort(steps);
        return Duration.ofMillis(Math.max(1, steps[steps.length / 2]));
    }

    /** Judges all variants; returns the width of the code of the networks. */
    private int judge(ShapeTraining training, List<SignalRun> runs) {
        ShapeModel model = training.model();
        ShapeGroup group = model.groups().get(0);
        SymmetryAutoencoder whole = group.windows().get(ShapeGroup.WINDOWS - 1).autoencoder();
        ShapeModel.Member member = model.entities().get(series.name());
        SignalLevel level = member == null ? group.common() : member.level();
        float[] test = series.test().column(model.feature());
        PeriodWindows windows = new PeriodWindows(
                whole.window(),
                runs.stream().map(run -> scaled(run.values(), level)).toList(),
                scaled(test, level),
                group.stride());
        PrototypeScores scores = new PrototypeScores(engine);
        List<AblationVariant> all =
                List.of(AblationVariant.PROTOTYPES_0, AblationVariant.PROTOTYPES, AblationVariant.PROTOTYPES_FREE);
        List<AblationVariant> one =
                List.of(AblationVariant.WINDOW_0, AblationVariant.WINDOW, AblationVariant.WINDOW_FREE);
        double[] factors = {0, 1, FREE};
        float[] history = series.train().column(model.feature());
        float[] warmUp = Arrays.copyOfRange(history, Math.max(0, history.length - WARM_UP_ROWS), history.length);
        for (int i = 0; i < factors.length; i++) {
            progress.accept(all.get(i));
            ShapeModel changed = training.withCovarianceTimes(engine, SEED, factors[i]);
            add(all.get(i), scores.ofRows(changed, series.name(), warmUp, test));
            double[] errors = scores.ofWindows(whole.withCovarianceTimes(factors[i]), windows.test());
            add(one.get(i), windows.held(errors));
        }
        return judgeNetworks(windows, whole);
    }

    private int judgeNetworks(PeriodWindows windows, SymmetryAutoencoder whole) {
        PeriodNetworks networks = new PeriodNetworks(engine, windows, whole, SEED);
        WindowResiduals residuals = new WindowResiduals(engine, whole);
        Windows test = windows.test();
        Windows validation = windows.validation();
        for (AblationVariant variant : AblationVariant.networks()) {
            progress.accept(variant);
            Autoencoder network = networks.network(variant);
            float[] reconstructions = residuals.reconstructions(network, test);
            add(variant, windows.held(residuals.plain(reconstructions, test)));
            double noise = residuals.meanSquare(network, validation, validation);
            add(variant.modulo(), windows.held(residuals.moduloSymmetry(reconstructions, test, noise)));
        }
        return networks.codeSize();
    }

    private static float[] scaled(float[] values, SignalLevel level) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) ((values[i] - level.center()) / level.scale());
        }
        return scaled;
    }

    private void add(AblationVariant variant, float[] scores) {
        Map<DetectionMetric, Double> values = new EnumMap<>(DetectionMetric.class);
        values.put(
                DetectionMetric.VUS_PR,
                VolumeUnderSurface.of(scores, series.labels(), buffer, VolumeUnderSurface.DEFAULT_THRESHOLDS)
                        .precisionRecall());
        if (LabelledEvent.of(series.labels()).size() == 1) {
            values.put(DetectionMetric.UCR, (double) UcrScore.of(scores, series.labels()));
        }
        metrics.put(variant, MetricValues.of(values));
    }
}
