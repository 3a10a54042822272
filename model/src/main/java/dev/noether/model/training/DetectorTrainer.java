package dev.noether.model.training;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import dev.noether.model.repeat.RepeatLaw;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.training.HistorySplit.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a detector's model of a history: scaling, network, forecast, starting baselines, calibration.
 *
 * <p>The history is cut in three by time. The network is trained on the first part and stopped by the second, which also
 * decides whether it may use what it learned beyond its linear base ({@link BreakDetection}).
 *
 * <p>Where it may not, only linear parts are left. They are fitted to all of the history, and what is to be expected of rows
 * to come is learned by {@link CrossFit}: baselines and calibration are those of residuals out of fold.
 *
 * <p>Where it may, the forecast is fitted to the first two parts. The third part was seen by none of this: it runs through the
 * scorer as a live stream would, and its alarm scores are the calibration. The baselines that entities start with are taken
 * over the whole history.
 *
 * <p>The same history, options and machine give the same bits.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
public final class DetectorTrainer {
    /**
     * So much better, in area under the ROC, must a network be than its base at breaks that were put in. Gains of up to .04
     * were measured to be none at real incidents.
     */
    private static final double LEAST_GAIN = 0.05;

    /** Share of normal rows whose memory stays below the ceiling. */
    private static final double CEILING_QUANTILE = 0.99;

    private final Engine engine;
    private final DetectorOptions options;

    /** Makes a trainer. */
    public DetectorTrainer(Engine engine, DetectorOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /**
     * Trains.
     *
     * @param features the feature schema of the rows
     * @param sampled histories by entity, in an order that does not change from run to run; NaN is a missing value
     * @param provenance what is known of the data's origin; completed with what this class knows
     * @param progress hears of each epoch
     * @throws HistoryTooShortException if there are too few rows, or too few for one of the parts
     */
    public TrainedDetector train(
            FeatureSchema features,
            List<EntityHistory> sampled,
            SortedMap<String, String> provenance,
            TrainingProgress progress) {
        int size = features.size();
        // What is filled in repeats what was before: so repetitions are counted first.
        RepeatLaw repeats = RepeatFit.fit(sampled, size);
        List<EntityHistory> histories = GapFilling.filled(sampled, size);
        HistorySplit split = new HistorySplit(histories, size, options);
        Scaling scaling = scaling(split.trainingRows(), size);
        Part train = split.training(scaling, options.windowRows());
        Part validation = split.validation(scaling, options.windowRows());
        requireWindows(train, validation);
        SortedMap<String, String> known = new TreeMap<>(provenance);
        TrainedAutoencoder trained = trainNetwork(size, train, validation, progress, known);
        Autoencoder network = trained.autoencoder();
        boolean linear = network.isItsBase()
                || (network.base().isPresent() && !isLearnedPartBetter(network, size, train, validation, known));
        known.put("training.learnedPart", String.valueOf(!linear));
        complete(known, split, histories, train, validation, trained.report());
        ModelArtifact model = linear
                ? crossFitted(features, histories, split, known)
                : heldOut(features, scaling, network, histories, split, known);
        return new TrainedDetector(
                model.withRepeats(repeats),
                trained.report(),
                train.count(),
                validation.count(),
                split.from(),
                split.to());
    }

    private Scaling scaling(float[] rows, int features) {
        return Scaling.fit(options.scaling(), rows, rows.length / features, features);
    }

    private void requireWindows(Part train, Part validation) {
        if (train.count() == 0 || validation.count() == 0) {
            throw new HistoryTooShortException("the history gives " + train.count() + " windows of "
                    + options.windowRows() + " rows to train on and " + validation.count()
                    + " to validate with; both take at least one");
        }
    }

    private TrainedAutoencoder trainNetwork(
            int features, Part train, Part validation, TrainingProgress progress, SortedMap<String, String> known) {
        AutoencoderShape shape = shape(features);
        WindowSymmetry.Chosen chosen = options.symmetry()
                .choose(
                        train.windows(),
                        train.count(),
                        shape.inputWidth(),
                        shape.codeSize(),
                        options.training().seed());
        known.put("training.symmetry", chosen.words());
        return new AutoencoderTrainer(engine, options.training())
                .train(
                        initial(features, train),
                        chosen.windows().clone(),
                        chosen.count(),
                        validation.windows(),
                        validation.count(),
                        progress);
    }

    private Autoencoder initial(int features, Part windows) {
        // Its own stream: the initial parameters do not depend on how many numbers the training draws.
        return options.architecture()
                .initial(
                        shape(features),
                        windows.windows(),
                        windows.count(),
                        new SplittableRandom(~options.training().seed()));
    }

    private AutoencoderShape shape(int features) {
        int width = options.windowRows() * features;
        // A code as wide as the window would reconstruct whatever comes.
        int code = Math.max(1, Math.min(options.codeSize(), width / 2));
        if (options.hiddenWidths().isEmpty()) {
            return AutoencoderShape.derive(width, code);
        }
        List<Integer> mirrored = new ArrayList<>(options.hiddenWidths());
        Collections.reverse(mirrored);
        return new AutoencoderShape(width, options.hiddenWidths(), code, mirrored);
    }

    private boolean isLearnedPartBetter(
            Autoencoder network, int features, Part train, Part validation, SortedMap<String, String> known) {
        BreakDetection breaks = new BreakDetection(
                engine, features, train, validation, options.training().seed());
        double withIt = breaks.area(network);
        double withoutIt = breaks.area(network.baseAlone());
        known.put("training.breakDetection", String.valueOf(withIt));
        known.put("training.breakDetectionOfBase", String.valueOf(withoutIt));
        return withIt > withoutIt + LEAST_GAIN;
    }

    /** Linear parts alone: fitted to everything, judged out of fold. */
    private ModelArtifact crossFitted(
            FeatureSchema features,
            List<EntityHistory> histories,
            HistorySplit split,
            SortedMap<String, String> known) {
        int rows = options.contextRows();
        Scaling all = scaling(split.allRows(), features.size());
        Duration interval = split.interval();
        Function<Part, ModelArtifact> fit = windows -> fitted(
                features,
                all,
                initial(features.size(), windows.lastRows(options.windowRows(), rows, features.size())),
                windows,
                interval,
                known);
        List<Fold> folds = CrossFit.of(split, all, rows, fit);
        return calibrated(fit.apply(split.all(all, rows)), folds, CrossFit.CALIBRATED_FROM, histories, split);
    }

    /** A network that learned more: nothing of it can be fitted again fold by fold, so the end of the history is held out. */
    private ModelArtifact heldOut(
            FeatureSchema features,
            Scaling scaling,
            Autoencoder network,
            List<EntityHistory> histories,
            HistorySplit split,
            SortedMap<String, String> known) {
        Part fitted = split.fitted(scaling, options.contextRows());
        if (fitted.count() == 0) {
            throw new HistoryTooShortException(
                    "the history gives no window of " + options.contextRows() + " rows to fit to");
        }
        ModelArtifact model = fitted(features, scaling, network, fitted, split.interval(), known);
        long end = split.calibrationFrom();
        return calibrated(
                model,
                List.of(new Fold(Long.MIN_VALUE, end, model), new Fold(end, Long.MAX_VALUE, model)),
                1,
                histories,
                split);
    }

    /** The model without its calibration and without baselines. */
    private ModelArtifact fitted(
            FeatureSchema features,
            Scaling scaling,
            Autoencoder network,
            Part windows,
            Duration interval,
            SortedMap<String, String> known) {
        @Nullable Forecast forecast = null;
        if (options.forecastRows() > 0) {
            int rows = options.forecastRows();
            forecast = ForecastFit.fit(
                    engine, rows, features.size(), windows.lastRows(rows + 1, options.contextRows(), features.size()));
        }
        return ModelArtifact.withoutBaselines(
                features,
                options.windowRows(),
                scaling,
                network,
                forecast,
                options.rule(),
                TailCalibration.of(List.of(new float[] {0})),
                interval,
                known);
    }

    /**
     * Lets entities start from all that is known of them, measures the ceiling of the memory, and calibrates on the folds from
     * one on, which start from what the folds before them tell.
     */
    private ModelArtifact calibrated(
            ModelArtifact model, List<Fold> folds, int first, List<EntityHistory> histories, HistorySplit split) {
        BaselineFit baselines = baselines(model, folds, histories, split);
        ModelArtifact known = model.withBaselines(baselines.ofAll(), baselines.byEntity());
        BaselineFit before = baselines(model, folds.subList(0, first), histories, split);
        ModelArtifact knownBefore = model.withBaselines(before.ofAll(), before.byEntity(known.entityResiduals()));
        HistoryReplay replay = new HistoryReplay(engine, folds, histories);
        List<float[]> alarmScores = replay.judgeEach(knownBefore, first, Judgement::alarmScore);
        if (alarmScores.stream().allMatch(scores -> scores.length == 0)) {
            throw new HistoryTooShortException(
                    "the end of the history gives no window of " + model.contextRows() + " rows to calibrate with");
        }
        float[] memories = HistoryReplay.joined(replay.judgeEach(known, 0, Judgement::memory));
        Arrays.sort(memories);
        ScoreRule rule = model.rule().withMemoryCeiling(memories[(int) (CEILING_QUANTILE * (memories.length - 1))]);
        return known.with(rule, TailCalibration.of(alarmScores));
    }

    private BaselineFit baselines(
            ModelArtifact model, List<Fold> folds, List<EntityHistory> histories, HistorySplit split) {
        BaselineFit baselines =
                new BaselineFit(engine, model.views(), model.features().size(), histories);
        for (Fold fold : folds) {
            baselines.add(fold.model(), split.between(model.scaling(), model.contextRows(), fold.from(), fold.to()));
        }
        if (baselines.isEmpty()) {
            throw new HistoryTooShortException("the beginning of the history gives no window of " + model.contextRows()
                    + " rows to say what is usual");
        }
        return baselines;
    }

    private void complete(
            SortedMap<String, String> complete,
            HistorySplit split,
            List<EntityHistory> histories,
            Part train,
            Part validation,
            TrainingReport report) {
        complete.put("data.from", Instant.ofEpochMilli(split.from()).toString());
        complete.put("data.to", Instant.ofEpochMilli(split.to()).toString());
        complete.put("data.entities", String.valueOf(histories.size()));
        complete.put(
                "data.rows",
                String.valueOf(histories.stream().mapToInt(EntityHistory::count).sum()));
        complete.put("training.windows", String.valueOf(train.count()));
        complete.put("training.validationWindows", String.valueOf(validation.count()));
        complete.put("training.options", options.toString());
        complete.put("training.epochs", String.valueOf(report.epochs().size()));
        complete.put("training.bestEpoch", String.valueOf(report.bestEpoch()));
        complete.put("training.bestValidationError", String.valueOf(report.bestValidationError()));
        complete.put("engine", engine.name());
        complete.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        complete.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        complete.put("openblas.coretype", String.valueOf(System.getenv().getOrDefault("OPENBLAS_CORETYPE", "unset")));
    }
}
