package dev.noether.model.shape;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.shape.ShapeTrainer.Decision;
import dev.noether.model.shape.ShapeTrainer.Signal;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Entities of one period share a pool of prototypes; entities of different periods have pools of their own. */
final class ShapeGroupsTest extends RandomizedTest {
    private static final int ROWS = 3000;

    @Test
    void entitiesOfTwoPeriodsHaveTwoPools() {
        Decision decision = train(signal(random(), 40, 40, 67, 67));
        ShapeModel model = requireNonNull(decision.training()).model();
        assertThat(decision.provenance())
                .containsEntry("shape.groups", "2")
                .containsEntry("shape.period", "40 67")
                .containsEntry("shape.used", "true");
        assertThat(model.groups()).extracting(group -> group.period().rows()).containsExactly(40, 67);
        assertThat(model.entities().get("entity-1").group()).isZero();
        assertThat(model.entities().get("entity-2").group()).isEqualTo(1);
    }

    @Test
    void entitiesOfOnePeriodShareAPool() {
        Decision decision = train(signal(random(), 60, 60, 60));
        assertThat(requireNonNull(decision.training()).model().groups()).hasSize(1);
        assertThat(decision.provenance()).containsEntry("shape.groups", "1");
    }

    @Test
    void anUnknownEntityIsJudgedByTheGroupThatItsFirstFullWindowResembles() {
        RandomGenerator random = random();
        ShapeModel model =
                requireNonNull(train(signal(random, 40, 40, 67, 67)).training()).model();
        try (Engine engine = new OpenBlasEngine();
                ShapeScorer scorer = new ShapeScorer(model, engine, 1)) {
            for (int group = 0; group < 2; group++) {
                float[] values = beats(random, group == 0 ? 40 : 67, 500, 7);
                ShapeState state = scorer.start("stranger", null);
                double beforeFull = Double.NaN;
                for (int i = 0; i < values.length; i++) {
                    scorer.add(0, state, values[i], 0, false);
                    scorer.judge(0, 0);
                    scorer.clear();
                    if (i == 50) {
                        beforeFull = state.group();
                    }
                }
                assertThat(beforeFull).isEqualTo(ShapeState.UNKNOWN_GROUP);
                assertThat(state.group()).isEqualTo(group);
                assertThat(state.standardised(2)).isLessThan(3);
            }
        }
    }

    @Test
    void theChoiceFollowsTheDetectionOfBrokenWindows() {
        Decision decision = train(signal(random(), 40, 40, 67, 67));
        double groups = Double.parseDouble(requireNonNull(decision.provenance().get("shape.breakDetectionOfGroups")));
        double pool = Double.parseDouble(requireNonNull(decision.provenance().get("shape.breakDetectionOfPool")));
        assertThat(groups).isGreaterThan(0.7);
        assertThat(decision.provenance()).containsEntry("shape.groups", groups - pool > 0.01 ? "2" : "1");
    }

    private Decision train(Signal signal) {
        try (Engine engine = new OpenBlasEngine()) {
            return new ShapeTrainer(engine, ShapeChoice.AUTO, 1).train(signal);
        }
    }

    private static Signal signal(RandomGenerator random, int... periods) {
        List<String> names = new ArrayList<>();
        List<SignalRun> runs = new ArrayList<>();
        for (int e = 0; e < periods.length; e++) {
            names.add("entity-" + e);
            runs.add(new SignalRun(e, 0, beats(random, periods[e], ROWS, 10 * e)));
        }
        return new Signal(0, names, runs);
    }

    /** Sharp peaks on a slow wave with a little noise, at a level of the entity's own. */
    private static float[] beats(RandomGenerator random, int period, int rows, double level) {
        float[] values = new float[rows];
        for (int i = 0; i < rows; i++) {
            double phase = 2 * Math.PI * i / period;
            values[i] = (float)
                    (level + Math.sin(phase) + 2 * Math.exp(12 * (Math.cos(phase) - 1)) + 0.2 * random.nextGaussian());
        }
        return values;
    }
}
