package dev.noether.model.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.testing.RandomizedTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The steps from a split history to a calibrated model, each on its own. */
final class ModelFitterTest extends RandomizedTest {
    private static final int FEATURES = 3;
    private static final int WINDOW = 2;
    private static final int FORECAST = 3;
    private static final int CONTEXT = FORECAST + 1;
    private static final int ROWS = 600;
    private static final long MINUTE = 60_000;

    private final Engine engine = new ReferenceEngine();
    private final DetectorOptions options = options(FORECAST);

    @Test
    void theForecastIsFittedToTheNewestRowsOfEachWindow() {
        HistorySplit split = split(histories(2));
        Scaling scaling = unscaled();
        Autoencoder network = network(split, scaling);
        ModelArtifact model = fitter(options).fit(scaling, network, split.all(scaling, CONTEXT));
        assertThat(model.forecast())
                .isEqualTo(ForecastFit.fit(engine, FORECAST, FEATURES, split.all(scaling, CONTEXT)));
        assertThat(model.network()).isEqualTo(network);
        assertThat(model.contextRows()).isEqualTo(CONTEXT);
        assertThat(model.rowInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(model.provenance()).containsEntry("key", "value");
        assertThat(model.entityBaselines()).isEmpty();
        ModelArtifact without = fitter(options(0)).fit(scaling, network, split.all(scaling, WINDOW));
        assertThat(without.forecast()).isNull();
        assertThat(without.contextRows()).isEqualTo(WINDOW);
    }

    /** Values that change within a fold change the models of later folds, and not the model that judges it. */
    @Test
    void noFoldIsJudgedByAModelThatWasFittedToIt() {
        List<EntityHistory> histories = histories(2);
        FoldedModel folded = linear(histories);
        assertThat(folded.folds()).hasSize(CrossFit.FOLDS);
        assertThat(folded.calibratedFrom()).isEqualTo(CrossFit.CALIBRATED_FROM);
        for (int k = 0; k < CrossFit.FOLDS; k++) {
            Fold fold = folded.folds().get(k);
            FoldedModel changed = linear(reversed(histories, fold));
            assertThat(changed.model().forecast()).isNotEqualTo(folded.model().forecast());
            for (int other = 0; other < CrossFit.FOLDS; other++) {
                boolean same = requireNonNull(changed.folds().get(other).model().forecast())
                        .equals(folded.folds().get(other).model().forecast());
                // The first fold is judged by a model of the later rows, each other fold by one of the earlier rows.
                assertThat(same)
                        .as("model of fold %d, change in fold %d", other, k)
                        .isEqualTo(other == 0 ? k == 0 : other <= k);
            }
        }
    }

    /** Reverses the order of the values of a fold, so that their mean and deviation stay. */
    private static List<EntityHistory> reversed(List<EntityHistory> histories, Fold fold) {
        List<EntityHistory> reversed = new ArrayList<>();
        for (EntityHistory history : histories) {
            long[] times = history.runs().get(0).times();
            float[] rows = history.runs().get(0).rows().clone();
            int from = 0;
            int to = times.length;
            while (!fold.contains(times[from])) {
                from++;
            }
            while (!fold.contains(times[to - 1])) {
                to--;
            }
            for (int i = from; i < to; i++) {
                System.arraycopy(
                        history.runs().get(0).rows(), (from + to - 1 - i) * FEATURES, rows, i * FEATURES, FEATURES);
            }
            reversed.add(EntityHistory.of(history.entity(), times, rows));
        }
        return reversed;
    }

    @Test
    void theHeldOutModelDoesNotDependOnTheCalibrationPart() {
        List<EntityHistory> histories = histories(2);
        FoldedModel folded = heldOut(histories);
        long end = split(histories).calibrationFrom();
        assertThat(folded.folds()).extracting(Fold::from).containsExactly(Long.MIN_VALUE, end);
        assertThat(folded.folds()).extracting(Fold::to).containsExactly(end, Long.MAX_VALUE);
        assertThat(folded.calibratedFrom()).isEqualTo(1);
        FoldedModel later = heldOut(reversed(histories, folded.folds().get(1)));
        assertThat(later.model()).isEqualTo(folded.model());
        FoldedModel earlier = heldOut(reversed(histories, folded.folds().get(0)));
        assertThat(earlier.model().forecast()).isNotEqualTo(folded.model().forecast());
    }

    @Test
    void aHeldOutModelNeedsAWindowBeforeTheCalibrationPart() {
        // Each run is shorter than the context.
        List<EntityHistory.Run> runs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long[] times = {10 * i * MINUTE, (10 * i + 1) * MINUTE};
            runs.add(new EntityHistory.Run(times, new float[2 * FEATURES]));
        }
        HistorySplit split = split(List.of(new EntityHistory("a", runs)));
        DetectorNetwork network = detectorNetwork(split);
        assertThatThrownBy(() -> new HeldOutModelFitter(options, fitter(options)).fit(split, network))
                .isInstanceOf(HistoryPartEmptyException.class)
                .hasMessage("the training and validation parts of the history have no window of 4 rows");
    }

    /** Compares with a scorer that judges one row after the other. */
    @Test
    void aReplayJudgesLikeALiveStream() {
        List<EntityHistory> histories = histories(2);
        ModelArtifact first = TestingArtifacts.random(FEATURES, WINDOW, 1);
        ModelArtifact second = TestingArtifacts.random(FEATURES, WINDOW, 9);
        long middle = 200 * MINUTE;
        long end = 450 * MINUTE;
        List<Fold> folds = List.of(
                new Fold(Long.MIN_VALUE, middle, second),
                new Fold(middle, end, first),
                new Fold(end, Long.MAX_VALUE, second));
        List<float[]> readings = new HistoryReplay(engine, folds, histories).judgeEach(first, 1, Judgement::alarmScore);
        for (int e = 0; e < histories.size(); e++) {
            assertThat(readings.get(e)).isEqualTo(live(histories.get(e), folds.subList(1, 3), first));
        }
    }

    private float[] live(EntityHistory history, List<Fold> folds, ModelArtifact starts) {
        List<Float> scores = new ArrayList<>();
        EntityBaseline start = starts.startingBaseline(history.entity());
        EntityBaseline baseline = start.copy();
        for (Fold fold : folds) {
            ModelArtifact model = fold.model();
            WindowBuffer buffer = new WindowBuffer(model.contextRows(), 0, FEATURES);
            try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
                for (int i = 0; i < ROWS; i++) {
                    long time = history.runs().get(0).times()[i];
                    int position = buffer.add(time, history.runs().get(0).rows(), i * FEATURES);
                    if (buffer.windowEndsAt(position) && fold.contains(time)) {
                        scorer.clear();
                        int row = scorer.add(buffer, position);
                        scores.add((float) scorer.judge(row, baseline, start).alarmScore());
                    }
                }
            }
        }
        float[] array = new float[scores.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = scores.get(i);
        }
        return array;
    }

    @Test
    void calibrationMeasuresScoresBaselinesAndTheCeilingOfTheMemory() {
        List<EntityHistory> histories = histories(3);
        FoldedModel folded = linear(histories);
        HistorySplit split = split(histories);
        ModelArtifact model = new ModelCalibrator(engine, histories, split).calibrate(folded);
        // Three of five folds of three entities.
        assertThat(model.calibration().size()).isEqualTo(3 * ROWS * 3 / 5);
        assertThat(model.entityBaselines()).containsOnlyKeys("entity-0", "entity-1", "entity-2");
        assertThat(model.commonBaseline().rows()).isZero();
        HistoryReplay replay = new HistoryReplay(engine, folded.folds(), histories);
        float[] memories = HistoryReplay.joined(replay.judgeEach(model, 0, Judgement::memory));
        long above = 0;
        for (float memory : memories) {
            above += memory > model.rule().memoryCeiling() ? 1 : 0;
        }
        assertThat((double) above / memories.length).as("one in a hundred").isCloseTo(0.01, within(0.002));
        assertThat(model.network()).isEqualTo(folded.model().network());
        // The raw baseline of an entity has the mean of its scaled rows that have a full context.
        float[] rows = histories.get(1).runs().get(0).rows();
        double sum = 0;
        for (int i = CONTEXT - 1; i < ROWS; i++) {
            sum += model.scaling().toModel(0, rows[i * FEATURES]);
        }
        assertThat((double) model.startingBaseline("entity-1").raw().mean(0))
                .isCloseTo(sum / (ROWS - CONTEXT + 1), within(1e-5));
    }

    @Test
    void aCalibrationWithoutRowsIsRefused() {
        List<EntityHistory> histories = histories(1);
        HistorySplit split = split(histories);
        ModelArtifact model = linear(histories).model();
        ModelCalibrator calibrator = new ModelCalibrator(engine, histories, split);
        List<Fold> late =
                List.of(new Fold(Long.MIN_VALUE, split.from(), model), new Fold(split.from(), split.to(), model));
        assertThatThrownBy(() -> calibrator.calibrate(new FoldedModel(model, late, 1)))
                .hasMessage("the beginning of the history has no window of 4 rows for the baselines of the entities");
        List<Fold> early =
                List.of(new Fold(Long.MIN_VALUE, split.to(), model), new Fold(split.to(), Long.MAX_VALUE, model));
        assertThatThrownBy(() -> calibrator.calibrate(new FoldedModel(model, early, 1)))
                .hasMessage("the calibration part at the end of the history has no window of 4 rows");
    }

    @Test
    void theProvenanceHasTheDataTheTrainingAndTheMachine() {
        List<EntityHistory> histories = histories(2);
        HistorySplit split = split(histories);
        TreeMap<String, String> origin = new TreeMap<>();
        origin.put("data.source", "a topic");
        origin.put("engine", "is replaced");
        DetectorNetwork network = detectorNetwork(split);
        assertThat(TrainingProvenance.of(origin, options, "reference", histories, split, network))
                .containsEntry("data.source", "a topic")
                .containsEntry("data.from", "1970-01-01T00:00:00Z")
                .containsEntry("data.to", "1970-01-01T09:59:00.001Z")
                .containsEntry("data.entities", "2")
                .containsEntry("data.rows", "1200")
                .containsEntry("engine", "reference")
                .containsEntry("training.options", options.toString())
                .containsEntry("training.learnedPart", String.valueOf(network.learnedPart().isUsed()))
                .containsEntry("training.windows", "718")
                .containsEntry("training.validationWindows", "240")
                .containsEntry("training.symmetry", "none")
                .containsKeys("java", "machine", "openblas.coretype", "training.bestValidationError");
        assertThat(origin).as("the caller's map is only read").hasSize(2);
    }

    @Test
    void theNetworkIsTrainedOnTheTrainingPartAlone() {
        List<EntityHistory> histories = histories(2);
        HistorySplit split = split(histories);
        DetectorNetwork network = detectorNetwork(split);
        assertThat(network.train().count()).isEqualTo(2 * (ROWS * 3 / 5 - WINDOW + 1));
        assertThat(network.validation().count()).isEqualTo(2 * ROWS / 5);
        Fold afterwards = new Fold(split.calibrationFrom(), Long.MAX_VALUE, TestingArtifacts.plain());
        DetectorNetwork other = detectorNetwork(split(reversed(histories, afterwards)));
        assertThat(other.scaling()).isEqualTo(network.scaling());
        assertThat(other.trained().autoencoder()).isEqualTo(network.trained().autoencoder());
    }

    @Test
    void aNetworkNeedsWindowsForTrainingAndValidation() {
        long[] times = new long[100];
        Arrays.setAll(times, i -> i < 50 ? 0 : MINUTE);
        HistorySplit split = split(List.of(EntityHistory.of("a", times, new float[100 * FEATURES])));
        assertThatThrownBy(() -> detectorNetwork(split))
                .isInstanceOf(HistoryPartEmptyException.class)
                .hasMessage("the history has 49 windows of 2 rows for training and 0 for validation;"
                        + " each needs at least one");
    }

    private DetectorNetwork detectorNetwork(HistorySplit split) {
        return new DetectorNetworkTrainer(engine, options, FEATURES).train(split, TrainingProgress.SILENT);
    }

    private FoldedModel linear(List<EntityHistory> histories) {
        return new LinearModelFitter(options, fitter(options), FEATURES).fit(split(histories));
    }

    /** With a network and a scaling that are the same for all histories. */
    private FoldedModel heldOut(List<EntityHistory> histories) {
        DetectorNetwork network = detectorNetwork(split(histories(2)));
        return new HeldOutModelFitter(options, fitter(options)).fit(split(histories), network);
    }

    private ModelFitter fitter(DetectorOptions of) {
        TreeMap<String, String> provenance = new TreeMap<>();
        provenance.put("key", "value");
        return new ModelFitter(
                engine, of, TestingArtifacts.features(FEATURES), Duration.ofMinutes(1), provenance);
    }

    private Autoencoder network(HistorySplit split, Scaling scaling) {
        return new NetworkInitialiser(options.network(), FEATURES, 1).initial(split.all(scaling, WINDOW));
    }

    private HistorySplit split(List<EntityHistory> histories) {
        return new HistorySplit(histories, FEATURES, options.history());
    }

    private static Scaling unscaled() {
        return new Scaling(new float[FEATURES], new float[] {1, 1, 1});
    }

    private static DetectorOptions options(int forecastRows) {
        TrainingOptions training = TrainingOptions.defaults().withEpochs(1).withLearningRate(1e-9);
        return new DetectorOptions(
                new NetworkOptions(WINDOW, 2, List.of(), Architecture.PCA_RESIDUAL),
                forecastRows,
                ScalingKind.STANDARD,
                training,
                new HistoryOptions(10, 0.2, 0.2),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
    }

    /** Each feature depends on its value before, so that the order of the rows matters for the forecast. */
    private static List<EntityHistory> histories(int entities) {
        RandomGenerator random = random();
        List<EntityHistory> histories = new ArrayList<>();
        for (int e = 0; e < entities; e++) {
            long[] times = new long[ROWS];
            float[] rows = new float[ROWS * FEATURES];
            for (int i = 0; i < ROWS; i++) {
                times[i] = i * MINUTE;
                for (int j = 0; j < FEATURES; j++) {
                    float before = i == 0 ? 0 : rows[(i - 1) * FEATURES + j];
                    rows[i * FEATURES + j] = 0.8f * before + (float) random.nextGaussian();
                }
            }
            histories.add(EntityHistory.of("entity-" + e, times, rows));
        }
        return histories;
    }
}
