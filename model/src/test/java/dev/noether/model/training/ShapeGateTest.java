package dev.noether.model.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.shape.ShapeChoice;
import dev.noether.model.shape.ShapeOptions;
import dev.noether.model.shape.ShapeState;
import dev.noether.model.shape.ShapeStatement;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a detector uses the shape view, and that nothing changes where it does not. */
final class ShapeGateTest extends RandomizedTest {
    private static final int ROWS = 1500;
    private static final int PERIOD = 30;
    private static final long MINUTE = 60_000;

    private final Engine engine = new OpenBlasEngine();

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    /** Rows of features, at times in minutes. */
    private static EntityHistory history(int rows, IntToDoubleFunction time, IntToDoubleFunction... features) {
        long[] times = new long[rows];
        float[] values = new float[rows * features.length];
        for (int i = 0; i < rows; i++) {
            times[i] = (long) (MINUTE * time.applyAsDouble(i));
            for (int j = 0; j < features.length; j++) {
                values[i * features.length + j] = (float) features[j].applyAsDouble(i);
            }
        }
        return EntityHistory.of("entity", times, values);
    }

    private static IntToDoubleFunction beats(RandomGenerator random, double noise) {
        return i -> Math.sin(2 * Math.PI * i / PERIOD)
                + 0.5 * Math.sin(4 * Math.PI * i / PERIOD + 1)
                + noise * random.nextGaussian();
    }

    private ModelArtifact train(EntityHistory history, ShapeChoice choice) {
        int features = history.runs().get(0).rows().length / history.count();
        return new DetectorTrainer(engine, TestingHistories.options(TestingHistories.FORECAST), ShapeOptions.of(choice))
                .train(TestingArtifacts.features(features), List.of(history), new TreeMap<>(), TrainingProgress.SILENT)
                .model();
    }

    private static String reason(ModelArtifact model) {
        assertThat(model.shape()).isNull();
        assertThat(model.provenance()).containsEntry("shape.used", "false");
        return requireNonNull(model.provenance().get("shape.reason"));
    }

    private static double[] walk(RandomGenerator random) {
        double[] walk = new double[ROWS];
        for (int i = 1; i < ROWS; i++) {
            walk[i] = walk[i - 1] + random.nextGaussian();
        }
        return walk;
    }

    @Test
    void aSignalThatRepeatsIsJudgedByItsShape(RandomGenerator random) {
        ModelArtifact model = train(history(ROWS, i -> i, beats(random, 0.1), i -> i % 2), ShapeChoice.AUTO);
        assertThat(model.provenance()).containsEntry("shape.used", "true").containsEntry("shape.period", "30");
        assertThat(Double.parseDouble(model.provenance().get("shape.prominence")))
                .isBetween(1.5, 2.0);
        assertThat(Double.parseDouble(model.provenance().get("shape.deviation")))
                .isBetween(0.01, 0.35);
        assertThat(requireNonNull(model.shape()).feature()).isZero();
        assertThat(model.shape().entities()).containsOnlyKeys("entity");
    }

    @Test
    void whereItIsOffTheReasonIsNamedAndTheScoresAreThoseWithoutIt(RandomGenerator random) {
        double[] walk = walk(random);
        EntityHistory noise = history(ROWS, i -> i, i -> random.nextGaussian());
        EntityHistory several = history(ROWS, i -> i, beats(random, 0.1), i -> random.nextGaussian());
        EntityHistory binary = history(ROWS, i -> i, i -> i / 15 % 2);
        EntityHistory irregular = history(ROWS, i -> i + (i % 4 == 0 ? 0.8 : 0), beats(random, 0.1));
        EntityHistory few = history(900, i -> i, beats(random, 0.1));
        assertSameWithout(noise, "the signal does not repeat clearly: the prominence of its period of ");
        assertSameWithout(several, "2 features have more than 2 distinct values in training, and exactly one must");
        assertSameWithout(binary, "no feature has more than 2 distinct values in training, and exactly one must");
        assertSameWithout(irregular, "the rows of the entities do not come at regular times");
        assertSameWithout(few, "the history has 900 rows, and 1000 are needed");
        assertSameWithout(history(ROWS, i -> i, i -> walk[i]), "");
    }

    private void assertSameWithout(EntityHistory history, String reason) {
        ModelArtifact auto = train(history, ShapeChoice.AUTO);
        ModelArtifact off = train(history, ShapeChoice.OFF);
        assertThat(reason(auto)).startsWith(reason);
        assertThat(off.provenance()).doesNotContainKeys("shape.used", "shape.reason");
        // Apart from the reason in the provenance the models are the same, to the bit.
        assertThat(ArtifactCodec.encode(withProvenanceOf(off, auto))).isEqualTo(ArtifactCodec.encode(off));
        double[] scores = replay(auto, history);
        assertThat(scores).isEqualTo(replay(off, history));
        assertThat(scores).hasSizeGreaterThan(2 * 800);
    }

    private static ModelArtifact withProvenanceOf(ModelArtifact from, ModelArtifact model) {
        return new ModelArtifact(
                model.features(),
                model.scaling(),
                model.predictors(),
                model.rule(),
                model.baselines(),
                model.alarms(),
                model.shape(),
                from.provenance(),
                model.input());
    }

    /** The scores and alarm scores of all rows that have a context. */
    private double[] replay(ModelArtifact model, EntityHistory history) {
        EntityHistory.Run run = history.runs().get(0);
        int features = model.features().size();
        double[] scores = new double[2 * run.count()];
        WindowBuffer buffer = new WindowBuffer(model.contextRows(), 0, features);
        EntityBaseline start = model.startingBaseline("entity");
        EntityBaseline baseline = start.copy();
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            ShapeState state = scorer.hasShape() ? scorer.startShape("entity", null) : null;
            for (int i = 0; i < run.count(); i++) {
                int position = buffer.add(run.times()[i], run.rows(), i * features);
                if (buffer.windowEndsAt(position)) {
                    scorer.clear();
                    int row = scorer.add(buffer, position);
                    if (state != null) {
                        scorer.addShape(row, state, buffer, position);
                    }
                    Judgement judgement = scorer.judge(row, baseline, start);
                    scores[2 * i] = judgement.score();
                    scores[2 * i + 1] = judgement.alarmScore();
                }
            }
        }
        return scores;
    }

    @Test
    void onOpensForAWeakerPeriod(RandomGenerator random) {
        EntityHistory weak = history(ROWS, i -> i, beats(random, 2.2));
        assertThat(reason(train(weak, ShapeChoice.AUTO)))
                .matches("the signal does not repeat clearly.*|periods do not resemble each other.*");
        ModelArtifact on = train(weak, ShapeChoice.ON);
        assertThat(on.shape()).isNotNull();
        assertThat(ShapeStatement.of(on.provenance()))
                .startsWith("the shape of ")
                .containsAnyOf(" rows, but not clearly (prominence 0.", " rows, but its periods differ (deviation ");
    }

    @Test
    void onWithoutAPeriodSaysSo() {
        // It rises for ever.
        ModelArtifact model = train(history(ROWS, i -> i, i -> i * (double) i), ShapeChoice.ON);
        assertThat(reason(model)).isEqualTo("the signal does not repeat after 8 to 1024 rows");
        assertThat(ShapeStatement.isMissing(ShapeChoice.ON, model.provenance())).isTrue();
    }

    @Test
    void aFewImpossibleValuesInTheHistoryDoNotCloseTheGate(RandomGenerator random) {
        IntToDoubleFunction beats = beats(random, 0.1);
        ModelArtifact clean = train(history(ROWS, i -> i, beats), ShapeChoice.AUTO);
        for (double impossible : new double[] {-999, 20, 65535, 3e38}) {
            EntityHistory history =
                    history(ROWS, i -> i, i -> i == 700 || i == 731 ? impossible : beats.applyAsDouble(i));
            ModelArtifact model = train(history, ShapeChoice.AUTO);
            assertThat(model.provenance())
                    .as("with %s", impossible)
                    .containsEntry("shape.used", "true")
                    .containsEntry("shape.period", "30");
            double usual = requireNonNull(clean.shape())
                    .entities()
                    .get("entity")
                    .level()
                    .scale();
            assertThat(requireNonNull(model.shape())
                            .entities()
                            .get("entity")
                            .level()
                            .scale())
                    .isCloseTo(usual, withinPercentage(5));
        }
    }

    @Test
    void oneMissingRowIsNoGapAndTwoAre(RandomGenerator random) {
        EntityHistory history = history(ROWS, i -> i, beats(random, 0.1));
        ModelArtifact model = train(history, ShapeChoice.AUTO);
        assertThat(model.shape()).isNotNull();
        double[] complete = replay(model, history);
        double[] one = replay(model, without(history, 1000, 1));
        double[] two = replay(model, without(history, 1000, 2));
        double[] three = replay(model, without(history, 1000, 3));
        double unjudged = Math.log(2);
        assertThat(complete[2 * 1000]).isNotEqualTo(unjudged);
        assertThat(one[2 * 1000])
                .as("judged by the window over the missing row")
                .isNotEqualTo(unjudged);
        for (double[] scores : List.of(two, three)) {
            assertThat(scores[2 * 1000]).as("not judged").isEqualTo(unjudged);
            assertThat(scores[2 * 1014]).as("the shortest window has 16 rows").isEqualTo(unjudged);
            assertThat(scores[2 * 1015]).isNotEqualTo(unjudged);
        }
        for (double score : complete) {
            assertThat(score).isFinite().isNotNegative();
        }
    }

    private static EntityHistory without(EntityHistory history, int at, int count) {
        EntityHistory.Run run = history.runs().get(0);
        return history(
                run.count() - count,
                i -> run.times()[i < at ? i : i + count] / (double) MINUTE,
                i -> run.rows()[i < at ? i : i + count]);
    }

    @Test
    void extremeValuesHaveFiniteScores(RandomGenerator random) {
        ModelArtifact model = train(history(ROWS, i -> i, beats(random, 0.1)), ShapeChoice.AUTO);
        IntToDoubleFunction beats = beats(random, 0.1);
        for (double extreme : new double[] {1e30, -1e30, 3e38, 0, 1.7e9}) {
            EntityHistory jump = history(400, i -> i, i -> i < 200 ? beats.applyAsDouble(i) : extreme);
            EntityHistory spike = history(400, i -> i, i -> i == 200 ? extreme : beats.applyAsDouble(i));
            for (EntityHistory history : List.of(jump, spike)) {
                for (double score : replay(model, history)) {
                    assertThat(score).as("with %s", extreme).isFinite().isNotNegative();
                }
            }
        }
    }
}
