package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.calibration.Calibration;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.training.EntityHistory.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Makes a detector's model of a history: scaling, network, starting baselines, calibration.
 *
 * <p>The history is cut in three by time. The network is fitted on the first part and stopped by the second; the baselines
 * start from the residuals of the first; then the second and the third run through the same scorer as a live stream would,
 * and the scores of the third are the calibration. The same history, options and machine give the same bits.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
public final class DetectorTrainer {
    private static final int CHUNK = 1024;

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
        HistorySplit split = new HistorySplit(histories, features.size(), options);
        float[] rows = split.trainingRows();
        Scaling scaling = Scaling.fit(options.scaling(), rows, rows.length / features.size(), features.size());
        HistorySplit.Part train = split.training(scaling);
        HistorySplit.Part validation = split.validation(scaling);
        if (train.count() == 0 || validation.count() == 0) {
            throw new HistoryTooShortException("the history gives " + train.count() + " windows of "
                    + options.windowRows() + " rows to train on and " + validation.count()
                    + " to validate with; both take at least one");
        }
        // Its own stream: the initial parameters do not depend on how many numbers the training draws.
        Autoencoder initial = options.architecture()
                .initial(
                        shape(features.size()),
                        train.windows(),
                        train.count(),
                        new SplittableRandom(~options.training().seed()));
        TrainedAutoencoder trained = new AutoencoderTrainer(engine, options.training())
                .train(
                        initial,
                        train.windows().clone(),
                        train.count(),
                        validation.windows(),
                        validation.count(),
                        progress);
        Autoencoder network = trained.autoencoder();
        ResidualStatistics residuals = residuals(network, train, features.size(), histories.size());
        SortedMap<String, EntityBaseline> byEntity = new TreeMap<>();
        for (int e = 0; e < histories.size(); e++) {
            byEntity.put(histories.get(e).entity(), residuals.ofEntity(e));
        }
        ModelArtifact uncalibrated = new ModelArtifact(
                features,
                options.windowRows(),
                scaling,
                network,
                options.adaptationRate(),
                residuals.ofAll(),
                byEntity,
                Calibration.of(new float[] {0}, options.quantile()),
                provenance(provenance, split, histories, train, validation, trained.report()));
        return new TrainedDetector(
                calibrated(uncalibrated, histories, split),
                trained.report(),
                train.count(),
                validation.count(),
                split.from(),
                split.to());
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

    private ResidualStatistics residuals(Autoencoder network, HistorySplit.Part part, int features, int entities) {
        int width = network.shape().inputWidth();
        ResidualStatistics statistics = new ResidualStatistics(entities, features);
        float[] input = new float[CHUNK * width];
        float[] output = new float[CHUNK * width];
        try (Reconstruction reconstruction = engine.reconstruction(network, CHUNK)) {
            for (int start = 0; start < part.count(); start += CHUNK) {
                int count = Math.min(CHUNK, part.count() - start);
                System.arraycopy(part.windows(), start * width, input, 0, count * width);
                reconstruction.run(input, count, output);
                for (int i = 0; i < count; i++) {
                    statistics.add(part.entity()[start + i], input, output, (i + 1) * width - features);
                }
            }
        }
        return statistics;
    }

    /** Runs the held-out rows through the scorer as a live stream would, and calibrates on the last of them. */
    private ModelArtifact calibrated(ModelArtifact model, List<EntityHistory> histories, HistorySplit split) {
        int features = model.features().size();
        float[] scores =
                new float[histories.stream().mapToInt(EntityHistory::count).sum()];
        int count = 0;
        SortedMap<String, EntityBaseline> adapted = new TreeMap<>();
        Judgement judgement = new Judgement(features);
        try (WindowScorer scorer = new WindowScorer(model, engine, CHUNK)) {
            for (EntityHistory history : histories) {
                EntityBaseline start = model.startingBaseline(history.entity());
                EntityBaseline baseline = start.copy();
                long[] times = new long[CHUNK];
                for (Run run : history.runs()) {
                    WindowBuffer buffer = new WindowBuffer(model.windowRows(), 0, features);
                    for (int i = 0; i < run.count(); i++) {
                        int position = buffer.add(run.times()[i], run.rows(), i * features);
                        if (buffer.windowEndsAt(position) && split.isHeldOut(run.times()[i])) {
                            times[scorer.add(buffer, position)] = run.times()[i];
                        }
                        if (scorer.isFull() || i == run.count() - 1) {
                            for (int row = 0; row < scorer.size(); row++) {
                                scorer.judge(row, baseline, start, judgement);
                                if (split.isCalibration(times[row])) {
                                    scores[count++] = (float) judgement.score();
                                }
                            }
                            scorer.clear();
                        }
                    }
                }
                adapted.put(history.entity(), baseline);
            }
        }
        if (count == 0) {
            throw new HistoryTooShortException(
                    "the end of the history gives no window of " + model.windowRows() + " rows to calibrate with");
        }
        return new ModelArtifact(
                model.features(),
                model.windowRows(),
                model.scaling(),
                model.network(),
                model.adaptationRate(),
                model.residuals(),
                adapted,
                Calibration.of(Arrays.copyOf(scores, count), options.quantile()),
                model.provenance());
    }

    private SortedMap<String, String> provenance(
            SortedMap<String, String> given,
            HistorySplit split,
            List<EntityHistory> histories,
            HistorySplit.Part train,
            HistorySplit.Part validation,
            TrainingReport report) {
        SortedMap<String, String> complete = new TreeMap<>(given);
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
        return complete;
    }
}
