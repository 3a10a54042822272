package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.alarm.AdaptationRates;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.Plain;
import dev.noether.model.method.TrainingMethod;
import dev.noether.model.numeric.RankingMetrics;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.model.testing.TestingProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DetectorTrainerTest {
    private static final long SEED = Long.getLong("noether.seed", 5);
    private static final int FEATURES = 6;
    private static final int WINDOW = 3;
    private static final int FORECAST = 4;
    private static final int CONTEXT = FORECAST + 1;
    private static final int ENTITIES = 3;
    private static final int ROWS = 1500;
    private static final int LIVE = 1500;
    private static final FeatureSchema SCHEMA = TestingArtifacts.features(FEATURES);

    private final Engine engine = new OpenBlasEngine();
    private final List<TestingProcess> processes = new ArrayList<>();

    @BeforeEach
    void announceSeed() {
        System.out.println("processes of seed " + SEED + ", change with -Dnoether.seed=… -Dtest=DetectorTrainerTest");
    }

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    @Test
    void theSameHistoryProducesTheSameBytes() {
        for (TrainingMethod method : List.of(new Plain(), LieFirstOrder.weighted(0.1))) {
            DetectorOptions options = options(training().withEpochs(3).withMethod(method));
            byte[] first = ArtifactCodec.encode(train(histories(), options).model());
            byte[] second = ArtifactCodec.encode(train(histories(), options).model());
            assertThat(second).isEqualTo(first);
            DetectorOptions reseeded =
                    options(training().withEpochs(3).withMethod(method).withSeed(2));
            assertThat(ArtifactCodec.encode(train(histories(), reseeded).model()))
                    .isNotEqualTo(first);
        }
    }

    @Test
    void rowsAfterTheTrainingPartChangeNeitherScalingNorNetwork() {
        DetectorOptions options = options(training().withEpochs(2).withPatience(2));
        List<EntityHistory> later = histories();
        for (EntityHistory history : later) {
            double[] rows = history.runs().get(0).rows();
            // The calibration part is the last fifth, the validation part the fifth before it.
            for (int i = ROWS * 4 / 5 * FEATURES; i < ROWS * FEATURES; i++) {
                rows[i] += 1000;
            }
        }
        ModelArtifact usual = train(histories(), options).model();
        ModelArtifact moved = train(later, options).model();
        assertThat(moved.scaling()).isEqualTo(usual.scaling());
        assertThat(moved.network()).isEqualTo(usual.network());
        assertThat(moved.forecast()).isEqualTo(usual.forecast());
        assertThat(moved.calibration()).isNotEqualTo(usual.calibration());
        float[] early = new float[ENTITIES * ROWS * 3 / 5 * FEATURES];
        int at = 0;
        for (EntityHistory history : histories()) {
            for (int i = 0; i < early.length / ENTITIES; i++) {
                early[at++] = (float) history.runs().get(0).rows()[i];
            }
        }
        assertThat(usual.scaling())
                .isEqualTo(Scaling.fit(ScalingKind.STANDARD, early, early.length / FEATURES, FEATURES));
    }

    @Test
    void theThresholdIsExceededByTheRequestedShareOfNormalWindows() {
        TrainedDetector trained = train(histories(), options(training()));
        ModelArtifact model = trained.model();
        assertThat(model.calibration().size()).isEqualTo(ENTITIES * ROWS / 5);
        assertThat(trained.trainWindows()).isEqualTo(ENTITIES * (ROWS * 3 / 5 - WINDOW + 1));
        assertThat(trained.validationWindows()).isEqualTo(ENTITIES * ROWS / 5);
        List<Judged> live = score(model, false);
        long above = live.stream()
                .filter(judged -> judged.alarmScore() > model.calibration().threshold(0.05))
                .count();
        assertThat((double) above / live.size()).isBetween(0.02, 0.1);
        double meanPValue = live.stream().mapToDouble(Judged::pValue).average().orElseThrow();
        assertThat(meanPValue).isBetween(0.4, 0.6);
    }

    /** A forecast with 40 inputs overfits 300 rows: its residuals on them are smaller than on live rows. */
    @Test
    void baselinesOfAShortHistoryMatchTheResidualsOfFutureRows() {
        int rows = 300;
        SplittableRandom random = new SplittableRandom(SEED);
        float[] noise = new float[(rows + 4000) * FEATURES];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        long[] times = new long[rows];
        Arrays.setAll(times, i -> i * 60_000L);
        EntityHistory history = EntityHistory.of("entity-0", times, Arrays.copyOf(noise, rows * FEATURES));
        DetectorOptions options = options(Architecture.PCA_RESIDUAL, training().withEpochs(1));
        ModelArtifact model = train(List.of(history), options).model();
        assertThat(model.provenance()).containsEntry("training.learnedPart", "false");
        assertThat(model.scaling())
                .as("fitted to all rows")
                .isEqualTo(Scaling.fit(ScalingKind.STANDARD, Arrays.copyOf(noise, rows * FEATURES), rows, FEATURES));
        assertThat(model.calibration().size())
                .as("the first two folds would lower the threshold, so the three later ones calibrate alone")
                .isEqualTo(rows * 3 / 5);

        double starting = 0;
        double live = 0;
        EntityBaseline start = model.startingBaseline("entity-0");
        EntityBaseline baseline = start.copy();
        WindowBuffer buffer = new WindowBuffer(CONTEXT, 0, FEATURES);
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int i = 0; i < 4000; i++) {
                int position = buffer.addStored(i, noise, (rows + i) * FEATURES);
                if (buffer.windowEndsAt(position)) {
                    scorer.judge(scorer.add(buffer, position), baseline, start);
                    scorer.clear();
                }
            }
        }
        // At a rate of 1/3500 the scales of 4000 rows are two thirds their own.
        for (int view = 0; view < model.views(); view++) {
            for (int j = 0; j < FEATURES; j++) {
                starting += start.view(view).variance(j);
                live += baseline.view(view).variance(j);
            }
        }
        assertThat(starting / live)
                .as("starting variance over that of live rows")
                .isBetween(0.95, 1.2);
    }

    @Test
    void artificialAnomaliesScoreHighAndNameTheirFeature() {
        ModelArtifact model = train(histories(), options(training())).model();
        List<Judged> live = score(model, true);
        float[] scores = new float[live.size()];
        boolean[] labels = new boolean[live.size()];
        int planted = 0;
        int blamed = 0;
        for (int i = 0; i < scores.length; i++) {
            Judged judged = live.get(i);
            scores[i] = (float) judged.alarmScore();
            labels[i] = judged.feature() >= 0;
            planted += labels[i] ? 1 : 0;
            blamed += judged.feature() >= 0 && judged.largestShare() == judged.feature() ? 1 : 0;
        }
        assertThat(planted).isGreaterThan(50);
        assertThat(RankingMetrics.aucRoc(scores, labels)).isGreaterThan(0.95);
        assertThat((double) blamed / planted).isGreaterThan(0.7);
    }

    @Test
    void eachEntityHasItsOwnBaseline() {
        ModelArtifact model =
                train(histories(), options(training().withEpochs(2))).model();
        assertThat(model.entityBaselines()).containsOnlyKeys("entity-0", "entity-1", "entity-2");
        assertThat(model.entityBaselines().get("entity-0"))
                .isNotEqualTo(model.entityBaselines().get("entity-1"));
        assertThat(model.provenance())
                .containsEntry("given", "kept")
                .containsEntry("data.rows", String.valueOf(ENTITIES * ROWS))
                .containsEntry("data.entities", String.valueOf(ENTITIES))
                .containsEntry("data.from", "1970-01-01T00:00:00Z")
                .containsEntry("data.to", "1970-01-02T00:59:00.001Z");
    }

    @Test
    void historiesThatAreTooShortAreRefused() {
        DetectorOptions options = options(training());
        assertThatThrownBy(() -> train(List.of(history(0, 99)), options))
                .isInstanceOf(HistoryTooShortException.class)
                .hasMessage("the history has 99 rows; a model needs at least 100");
        // Each entity has two rows, too few for a window.
        List<EntityHistory> stubs = new ArrayList<>();
        for (int e = 0; e < 60; e++) {
            stubs.add(new EntityHistory(
                    "entity-" + e, List.of(new EntityHistory.Run(new long[] {e, e + 1}, new float[2 * FEATURES]))));
        }
        assertThatThrownBy(() -> train(stubs, options))
                .isInstanceOf(HistoryPartEmptyException.class)
                .hasMessage("the history has 0 windows of 3 rows for training and 0 for validation;"
                        + " each needs at least one; a model needs at least " + options.leastRows()
                        + " rows of one entity without a gap");
        // One long run; all other entities have two rows at the end.
        List<EntityHistory> endless = new ArrayList<>();
        endless.add(history(0, 100));
        for (int e = 1; e < 31; e++) {
            long late = 1_000_000_000L + e;
            endless.add(new EntityHistory(
                    "entity-" + e,
                    List.of(new EntityHistory.Run(new long[] {late, late + 1}, new float[2 * FEATURES]))));
        }
        assertThatThrownBy(() -> train(endless, options))
                .isInstanceOf(HistoryPartEmptyException.class)
                .hasMessage("the calibration part at the end of the history has no window of 5 rows; a model needs at"
                        + " least " + options.leastRows() + " rows of one entity without a gap");
    }

    @Test
    void constantFeaturesAndACodeWiderThanAWindowAreAccepted() {
        for (Architecture architecture : Architecture.values()) {
            List<EntityHistory> histories = new ArrayList<>();
            processes.clear();
            for (int e = 0; e < ENTITIES; e++) {
                EntityHistory history = history(e, 300);
                double[] rows = history.runs().get(0).rows();
                for (int i = 0; i < 300; i++) {
                    rows[i * FEATURES + 2] = 7;
                }
                histories.add(history);
            }
            DetectorOptions wide = new DetectorOptions(
                    new NetworkOptions(1, 64, List.of(), architecture),
                    0,
                    ScalingKind.STANDARD,
                    training().withEpochs(2),
                    new HistoryOptions(100, 0.2, 0.2),
                    WindowSymmetry.NONE,
                    ScoreRule.DEFAULT);
            for (DetectorOptions options :
                    List.of(options(architecture, training().withEpochs(2)), wide)) {
                TrainedDetector trained = train(histories, options);
                assertThat(trained.report().bestValidationError())
                        .as("%s", architecture)
                        .isFinite()
                        .isNotNegative();
                assertThat(score(trained.model(), false))
                        .as("%s", architecture)
                        .allSatisfy(judged -> assertThat(judged.score()).isFinite());
            }
        }
    }

    @Test
    void theChosenSymmetryIsPartOfTheProvenance() {
        DetectorOptions plain = options(training().withEpochs(1));
        DetectorOptions validated = new DetectorOptions(
                new NetworkOptions(
                        plain.network().windowRows(),
                        plain.network().codeSize(),
                        plain.network().hiddenWidths(),
                        plain.network().architecture()),
                plain.forecastRows(),
                plain.scaling(),
                plain.training(),
                new HistoryOptions(
                        plain.history().minRows(),
                        plain.history().validationFraction(),
                        plain.history().calibrationFraction()),
                WindowSymmetry.VALIDATED,
                plain.rule());
        assertThat(train(List.of(history(0, 300)), plain).model().provenance())
                .containsEntry("training.symmetry", "none");
        assertThat(train(List.of(history(0, 300)), validated).model().provenance())
                .hasEntrySatisfying(
                        "training.symmetry",
                        words -> assertThat(words).matches("none|learned rotation, strength [0-9.]+"));
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DetectorOptions(
                        new NetworkOptions(3, 2, List.of(), Architecture.RELU),
                        0,
                        ScalingKind.STANDARD,
                        training(),
                        new HistoryOptions(10, 0.5, 0.5),
                        WindowSymmetry.NONE,
                        ScoreRule.DEFAULT))
                .withMessage("`validationFraction` and `calibrationFraction` must be above 0 and together below 1"
                        + " (got 0.5 and 0.5)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DetectorOptions(
                        new NetworkOptions(0, 2, List.of(), Architecture.RELU),
                        0,
                        ScalingKind.STANDARD,
                        training(),
                        new HistoryOptions(10, 0.2, 0.2),
                        WindowSymmetry.NONE,
                        ScoreRule.DEFAULT))
                .withMessage("`windowRows` and `codeSize` must be at least 1 (got 0 and 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DetectorOptions(
                        new NetworkOptions(3, 2, List.of(), Architecture.RELU),
                        -1,
                        ScalingKind.STANDARD,
                        training(),
                        new HistoryOptions(10, 0.2, 0.2),
                        WindowSymmetry.NONE,
                        ScoreRule.DEFAULT))
                .withMessage("`forecastRows` must be at least 0 (got -1)");
    }

    /** A judged row, with the feature that was changed, or -1. */
    private record Judged(double score, double alarmScore, double pValue, int feature, int largestShare) {}

    /** Scores rows that follow the histories. */
    private List<Judged> score(ModelArtifact model, boolean plant) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Judged> judgements = new ArrayList<>();
        AlarmThreshold threshold = new AlarmThreshold(model.calibration(), 0.05, AdaptationRates.NONE);
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int e = 0; e < ENTITIES; e++) {
                WindowBuffer buffer = new WindowBuffer(CONTEXT, 0, FEATURES);
                EntityBaseline start = model.startingBaseline("entity-" + e);
                EntityBaseline baseline = start.copy();
                AlarmState alarms = threshold.start();
                for (int i = 0; i < LIVE; i++) {
                    float[] row = processes.get(e).next();
                    int feature = plant && random.nextInt(40) == 0 ? random.nextInt(FEATURES) : -1;
                    if (feature >= 0) {
                        row[feature] += random.nextBoolean() ? 1.5f : -1.5f;
                    }
                    int position = buffer.addStored(i, row, 0);
                    if (buffer.windowEndsAt(position)) {
                        Judgement judgement =
                                scorer.judge(scorer.add(buffer, position), baseline, start, threshold, alarms);
                        scorer.clear();
                        judgements.add(new Judged(
                                judgement.score(),
                                judgement.alarmScore(),
                                judgement.pValue(),
                                feature,
                                largestShare(judgement)));
                    }
                }
            }
        }
        return judgements;
    }

    private static int largestShare(Judgement judgement) {
        int largest = 0;
        for (int j = 1; j < FEATURES; j++) {
            largest = judgement.share(j) > judgement.share(largest) ? j : largest;
        }
        return largest;
    }

    private TrainedDetector train(List<EntityHistory> histories, DetectorOptions options) {
        return new DetectorTrainer(engine, options)
                .train(SCHEMA, histories, new TreeMap<>(Map.of("given", "kept")), TrainingProgress.SILENT);
    }

    private List<EntityHistory> histories() {
        processes.clear();
        List<EntityHistory> histories = new ArrayList<>();
        for (int e = 0; e < ENTITIES; e++) {
            histories.add(history(e, ROWS));
        }
        return histories;
    }

    private EntityHistory history(int entity, int rows) {
        TestingProcess process = new TestingProcess(FEATURES, SEED);
        process.next(entity * 100);
        processes.add(process);
        long[] times = new long[rows];
        Arrays.setAll(times, i -> i * 60_000L);
        return EntityHistory.of("entity-" + entity, times, process.next(rows));
    }

    private static TrainingOptions training() {
        return TrainingOptions.defaults()
                .withEpochs(25)
                .withBatchSize(32)
                .withLearningRate(3e-3)
                .withPatience(25);
    }

    private static DetectorOptions options(TrainingOptions training) {
        return options(Architecture.RELU, training);
    }

    private static DetectorOptions options(Architecture architecture, TrainingOptions training) {
        return new DetectorOptions(
                new NetworkOptions(WINDOW, 6, List.of(24), architecture),
                FORECAST,
                ScalingKind.STANDARD,
                training,
                new HistoryOptions(100, 0.2, 0.2),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
    }
}
