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
import dev.noether.model.scoring.Judgement;
import dev.noether.model.training.HistorySplit.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a detector's model of a history: scaling, network, forecast, starting baselines, calibration.
 *
 * <p>The history is cut in three by time. The network is trained on the first part and stopped by the second, which also
 * decides whether it may use what it learned beyond its linear base ({@link BreakDetection}); linear parts are then fitted to
 * both. The third part was seen by none of this: it runs through the scorer as a live stream would, and its alarm scores are
 * the calibration. The baselines that entities start with are taken over the whole history. The same history, options and
 * machine give the same bits.
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
     * @param histories by entity, in an order that does not change from run to run
     * @param provenance what is known of the data's origin; completed with what this class knows
     * @param progress hears of each epoch
     * @throws HistoryTooShortException if there are too few rows, or too few for one of the parts
     */
    public TrainedDetector train(
            FeatureSchema features,
            List<EntityHistory> histories,
            SortedMap<String, String> provenance,
            TrainingProgress progress) {
        int size = features.size();
        HistorySplit split = new HistorySplit(histories, size, options);
        Scaling scaling = scaling(split.trainingRows(), size);
        Part train = split.training(scaling, options.windowRows());
        Part validation = split.validation(scaling, options.windowRows());
        requireWindows(train, validation);
        SortedMap<String, String> known = new TreeMap<>(provenance);
        TrainedAutoencoder trained = trainNetwork(size, train, validation, progress, known);
        Autoencoder network = trained.autoencoder();
        if (network.base().isPresent() && !isLearnedPartBetter(network, size, train, validation, known)) {
            // What is linear has nothing to be stopped by: it may see both parts.
            scaling = scaling(split.fittedRows(), size);
            network = initial(size, split.fitted(scaling, options.windowRows()));
        }
        Part fitted = split.fitted(scaling, options.contextRows());
        if (fitted.count() == 0) {
            throw new HistoryTooShortException(
                    "the history gives no window of " + options.contextRows() + " rows to fit to");
        }
        complete(known, split, histories, train, validation, trained.report());
        ModelArtifact model = fitted(features, scaling, network, histories, fitted, known);
        return new TrainedDetector(
                calibrated(model, histories, split),
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
        int code = Math.min(options.codeSize(), width);
        if (options.hiddenWidths().isEmpty()) {
            return AutoencoderShape.derive(width, code);
        }
        List<Integer> mirrored = new ArrayList<>(options.hiddenWidths());
        Collections.reverse(mirrored);
        return new AutoencoderShape(width, options.hiddenWidths(), code, mirrored);
    }

    private boolean isLearnedPartBetter(
            Autoencoder network, int features, Part train, Part validation, SortedMap<String, String> known) {
        if (network.isItsBase()) {
            return false;
        }
        BreakDetection breaks = new BreakDetection(
                engine, features, train, validation, options.training().seed());
        double withIt = breaks.area(network);
        double withoutIt = breaks.area(network.baseAlone());
        known.put("training.breakDetection", String.valueOf(withIt));
        known.put("training.breakDetectionOfBase", String.valueOf(withoutIt));
        return withIt > withoutIt + LEAST_GAIN;
    }

    /** The model without its calibration, its baselines those of the parts that it was fitted to. */
    private ModelArtifact fitted(
            FeatureSchema features,
            Scaling scaling,
            Autoencoder network,
            List<EntityHistory> histories,
            Part fitted,
            SortedMap<String, String> known) {
        known.put("training.learnedPart", String.valueOf(!network.isItsBase()));
        @Nullable Forecast forecast = null;
        if (options.forecastRows() > 0) {
            int rows = options.forecastRows();
            forecast = ForecastFit.fit(
                    engine, rows, features.size(), fitted.lastRows(rows + 1, options.contextRows(), features.size()));
        }
        ModelArtifact model = ModelArtifact.withoutBaselines(
                features,
                options.windowRows(),
                scaling,
                network,
                forecast,
                options.rule(),
                TailCalibration.of(List.of(new float[] {0})),
                RowInterval.median(histories),
                known);
        return withBaselines(model, fitted, histories);
    }

    private ModelArtifact withBaselines(ModelArtifact model, Part windows, List<EntityHistory> histories) {
        BaselineFit baselines = new BaselineFit(engine, model, windows, histories);
        return model.withBaselines(baselines.ofAll(), baselines.byEntity());
    }

    /**
     * Measures the ceiling of the memory, calibrates on what the model was not fitted to, and then lets entities start from
     * all that is known of them.
     */
    private ModelArtifact calibrated(ModelArtifact model, List<EntityHistory> histories, HistorySplit split) {
        HistoryReplay replay = new HistoryReplay(engine, model, histories);
        // Of a short history the part that was fitted to says little of the rows to come: so of all of it.
        float[] memories = replay.judge(Long.MIN_VALUE, Long.MAX_VALUE, Judgement::memory);
        List<float[]> alarmScores = replay.judgeEach(split.calibrationFrom(), Long.MAX_VALUE, Judgement::alarmScore);
        if (alarmScores.stream().allMatch(scores -> scores.length == 0)) {
            throw new HistoryTooShortException(
                    "the end of the history gives no window of " + model.contextRows() + " rows to calibrate with");
        }
        Arrays.sort(memories);
        ScoreRule rule = model.rule().withMemoryCeiling(memories[(int) (CEILING_QUANTILE * (memories.length - 1))]);
        ModelArtifact calibrated = model.with(rule, TailCalibration.of(alarmScores));
        return withBaselines(calibrated, split.all(model.scaling(), model.contextRows()), histories);
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
