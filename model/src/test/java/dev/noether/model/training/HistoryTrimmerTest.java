package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.testing.PoisonedFleet.Incidents;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An incident that nobody marked is a twentieth of the history; no model has scored it. */
final class HistoryTrimmerTest extends RandomizedTest {
    private static final int ENTITIES = 20;
    private static final int HISTORY = 2_000;
    private static final int LIVE = 1_000;
    private static final double MOST = 0.2;

    private final Engine engine = new OpenBlasEngine();

    /** The scenario "poison" of a first model: plain training loses a part of the ranking of the incident's kind. */
    @Test
    void anIncidentDoesNotTeachItselfIntoAFirstModel() {
        ScoredFleet fleet = fleet(1);
        List<EntityHistory> poisoned = fleet.history(fleet.poison());
        HistoryTrimmer.Trimmed trimmed = trimmer().trim(poisoned, MOST);
        double clean = area(fleet, fleet.history(Incidents.NONE));
        double filtered = area(fleet, trimmed.histories());
        double plain = area(fleet, poisoned);
        System.out.printf(
                "AUC-PR of the incident's kind: clean %.3f, without extreme episodes %.3f, plain %.3f%n",
                clean, filtered, plain);
        assertThat(plain).isLessThan(0.95 * clean);
        assertThat(filtered).isGreaterThan(0.95 * clean);
        assertThat(trimmed.rows()).isBetween(ENTITIES * HISTORY / 25, ENTITIES * HISTORY / 12);
    }

    /** So the calibration on a clean history, and with it the budget, is that of a training without this step. */
    @Test
    void nothingIsLeftOutOfACleanHistory() {
        int trimmed = 0;
        for (int seed = 0; seed < 5; seed++) {
            ScoredFleet fleet = fleet(random().nextLong());
            List<EntityHistory> clean = fleet.history(Incidents.NONE);
            HistoryTrimmer.Trimmed result = trimmer().trim(clean, MOST);
            trimmed += result.rows() > 0 ? 1 : 0;
            assertThat(result.rows()).isLessThan(ENTITIES * HISTORY / 50);
        }
        // One history in a hundred has an extreme episode by chance.
        assertThat(trimmed).isLessThanOrEqualTo(1);
    }

    @Test
    void whatLastsUntilTheEndIsTheNewNormal() {
        ScoredFleet fleet = fleet(1);
        List<EntityHistory> changed = fleet.history((entity, row) -> entity == 3 && row > HISTORY * 3 / 4);
        assertThat(trimmer().trim(changed, MOST).rows()).isZero();
    }

    @Test
    void moreThanTheLimitIsNotLeftOut() {
        ScoredFleet fleet = fleet(1);
        List<EntityHistory> poisoned = fleet.history(fleet.poison());
        HistoryTrimmer.Trimmed trimmed = trimmer().trim(poisoned, 0.03);
        assertThat(trimmed.rows()).isZero();
        assertThat(trimmed.histories()).isSameAs(poisoned);
    }

    @Test
    void aShortHistoryIsReturnedAsItIs() {
        List<EntityHistory> shortOne = new ScoredFleet(2, 20, 0, 1).history(Incidents.NONE);
        assertThat(trimmer().trim(shortOne, MOST).histories()).isSameAs(shortOne);
        assertThat(trimmer().trim(new ArrayList<>(), MOST).histories()).isEmpty();
    }

    private HistoryTrimmer trimmer() {
        return new HistoryTrimmer(engine, ScoredFleet.options(), ScoredFleet.SCHEMA);
    }

    private static ScoredFleet fleet(long seed) {
        return new ScoredFleet(ENTITIES, HISTORY, LIVE, seed);
    }

    private double area(ScoredFleet fleet, List<EntityHistory> histories) {
        ModelArtifact model = ScoredFleet.train(engine, histories);
        return fleet.score(engine, model, fleet.incidents(), 1e-3).areaUnderPrecisionRecall();
    }
}
