package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.InputForm;
import dev.noether.model.repeat.RepeatLaw;
import dev.noether.model.schedule.ScheduleOptions;
import dev.noether.model.shape.ShapeChoice;
import dev.noether.model.shape.ShapeOptions;
import dev.noether.model.shape.ShapeTrainer;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes a detector's model from a history, in these steps:
 *
 * <ol>
 *   <li>{@link ShapeTrainer}: train the shape view, if the history repeats as a whole.
 *   <li>{@link HistorySchedule}: take off what recurs at certain times, if a model without a schedule would
 *       alarm about it.
 *   <li>{@link HistorySplit}: split the history by event time into training, validation and calibration.
 *   <li>{@link DetectorNetworkTrainer}: train the network and decide whether its learned part is used.
 *   <li>If it is not, {@link LinearModelFitter} fits linear parts to the whole history, and its folds are judged out of
 *       fold. If it is, {@link HeldOutModelFitter} keeps the calibration part unseen.
 *   <li>{@link ModelCalibrator}: measure baselines and alarm scores by a replay of the folds.
 * </ol>
 *
 * <p>The same history, options and machine produce the same bits.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
public final class DetectorTrainer {
    private final Engine engine;
    private final DetectorOptions options;
    private final ShapeOptions shape;
    private final ScheduleOptions schedules;

    /** Makes a trainer of models without a shape view and without schedules. */
    public DetectorTrainer(Engine engine, DetectorOptions options) {
        this(engine, options, ShapeOptions.OFF);
    }

    /** Makes a trainer of models without schedules. */
    public DetectorTrainer(Engine engine, DetectorOptions options, ShapeOptions shape) {
        this(engine, options, shape, ScheduleOptions.OFF);
    }

    /** Makes a trainer. */
    public DetectorTrainer(Engine engine, DetectorOptions options, ShapeOptions shape, ScheduleOptions schedules) {
        this.engine = engine;
        this.options = options;
        this.shape = shape;
        this.schedules = schedules;
    }

    /**
     * Trains.
     *
     * @param features the feature schema of the rows
     * @param sampled histories by entity, in an order that does not change from run to run; NaN is a missing value
     * @param origin provenance of the data; the model's provenance contains it
     * @param progress notified after each epoch
     * @throws HistoryTooShortException if there are fewer rows than {@link HistoryOptions#minRows} or than
     *     {@link DetectorOptions#leastRows}
     * @throws HistoryPartEmptyException if a part of the history has no window
     */
    public TrainedDetector train(
            FeatureSchema features,
            List<EntityHistory> sampled,
            SortedMap<String, String> origin,
            TrainingProgress progress) {
        int[] counters = options.counters().of(features, sampled);
        return trainOnRates(features, CounterChoice.rates(sampled, counters), counters, origin, progress);
    }

    /**
     * Trains on rows whose counters are increases per second already.
     *
     * @param counters ascending indices of the counters
     */
    public TrainedDetector trainOnRates(
            FeatureSchema features,
            List<EntityHistory> sampled,
            int[] counters,
            SortedMap<String, String> origin,
            TrainingProgress progress) {
        checkRows(sampled);
        try {
            return trainOn(features, sampled, counters, origin, progress);
        } catch (HistoryPartEmptyException e) {
            throw e.needing(options.leastRows());
        }
    }

    private TrainedDetector trainOn(
            FeatureSchema features,
            List<EntityHistory> sampled,
            int[] counters,
            SortedMap<String, String> origin,
            TrainingProgress progress) {
        int size = features.size();
        // Counted before gaps are filled, because a filled value repeats the value before it.
        RepeatLaw repeats = RepeatFit.fit(sampled, size);
        List<EntityHistory> filled = GapFilling.fill(sampled, size);
        HistorySplit whole = new HistorySplit(filled, size, options.history());
        ShapeTrainer.Decision shapeView = shapeView(filled, size, whole);
        // A signal that repeats as a whole is judged by its shape.
        HistorySchedule schedule =
                shapeView.training() == null ? schedule(features, filled, whole) : HistorySchedule.none(filled);
        List<EntityHistory> histories = schedule.histories();
        HistorySplit split = schedule.schedule() == null ? whole : new HistorySplit(histories, size, options.history());
        DetectorNetwork network = new DetectorNetworkTrainer(engine, options, size).train(split, progress);
        SortedMap<String, String> provenance =
                TrainingProvenance.of(origin, options, engine.name(), histories, split, network);
        provenance.putAll(shapeView.provenance());
        provenance.putAll(schedule.provenance());
        String little = GapFilling.littleHistory(sampled, features);
        if (!little.isEmpty()) {
            provenance.put(InputStatement.LITTLE_HISTORY_KEY, little);
        }
        if (counters.length > 0) {
            provenance.put(
                    InputStatement.COUNTERS_KEY,
                    IntStream.of(counters).mapToObj(features::name).collect(Collectors.joining(", ")));
        }
        if (shapeView.training() != null) {
            provenance.put(
                    "shape.feature",
                    features.names().get(shapeView.training().model().feature()));
        }
        ModelFitter fitter = new ModelFitter(engine, options, features, split.interval(), provenance, histories);
        FoldedModel folded = network.learnedPart().isUsed()
                ? new HeldOutModelFitter(options, fitter).fit(split, network)
                : new LinearModelFitter(options, fitter, size).fit(split);
        ModelArtifact model = new ModelCalibrator(engine, histories, split).calibrate(folded, shapeView.training());
        return new TrainedDetector(
                model.withRepeats(repeats)
                        .withSchedule(schedule.schedule())
                        .withInput(new InputForm(counters, GapFilling.longest(sampled, size))),
                network.trained().report(),
                network.train().count(),
                network.validation().count(),
                split.from(),
                split.to());
    }

    /** The schedules of those entities whose jobs a model without schedules alarms about. */
    private HistorySchedule schedule(FeatureSchema features, List<EntityHistory> histories, HistorySplit split) {
        HistorySchedule found = HistorySchedule.of(histories, features.names(), split.interval(), schedules);
        if (found.schedule() == null) {
            return found;
        }
        ModelFitter fitter = new ModelFitter(engine, options, features, split.interval(), new TreeMap<>(), histories);
        FoldedModel plain = new LinearModelFitter(options, fitter, features.size()).fit(split);
        Set<String> kept = new ScheduleTrial(engine, split, histories).worthUsing(plain, found.amounts());
        if (kept.size() == found.schedule().entities().size()) {
            return found;
        }
        ScheduleOptions inZone = schedules.in(found.schedule().zone());
        return kept.isEmpty()
                ? HistorySchedule.none(histories)
                : HistorySchedule.of(histories, features.names(), split.interval(), inZone, kept::contains);
    }

    private ShapeTrainer.Decision shapeView(List<EntityHistory> histories, int features, HistorySplit split) {
        if (shape.choice() == ShapeChoice.OFF) {
            return new ShapeTrainer.Decision(null, new TreeMap<>());
        }
        RepeatingSignal found = RepeatingSignal.of(histories, features, split.interval(), split.origin());
        return found.signal() == null
                ? ShapeTrainer.unused(found.reason())
                : new ShapeTrainer(engine, shape, options.training().seed()).train(found.signal());
    }

    /** One message for all histories that are too short; later steps would each fail with their own. */
    private void checkRows(List<EntityHistory> sampled) {
        long rows = sampled.stream()
                .flatMap(history -> history.runs().stream())
                .mapToLong(EntityHistory.Run::count)
                .sum();
        int least = Math.max(options.history().minRows(), options.leastRows());
        if (rows < least) {
            throw new HistoryTooShortException(rows, least);
        }
    }
}
