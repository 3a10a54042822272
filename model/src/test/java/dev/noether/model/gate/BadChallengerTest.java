package dev.noether.model.gate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.gate.PromotionGate.Examination;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.TrainingProgress;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** None of these models may score. Each refusal names the figure that shows what is wrong, and good ones pass. */
final class BadChallengerTest {
    private static final int ENTITIES = 8;
    private static final int ROWS = 3000;
    private static final int DAYS = 600;
    private static final int HELD_OUT = ROWS / 10;
    private static final int CODE = 6;
    private static final int FIRST = ROWS + DAYS - HELD_OUT;
    private static final double RATE = 1.0 / 1440;
    private static final FeatureSchema SCHEMA = TestingArtifacts.features(TestingFleet.FEATURES);
    private static final Engine ENGINE = new OpenBlasEngine();
    private static final List<EntityHistory> ALL = TestingFleet.histories(1, ENTITIES, ROWS + DAYS);
    private static final List<EntityHistory> SEEN = TestingFleet.between(ALL, DAYS, FIRST);

    private static PromotionGate gate;
    private static ModelArtifact good;

    @BeforeAll
    static void train() {
        ModelArtifact champion = train(TestingFleet.between(ALL, 0, ROWS), 1, CODE);
        gate = gate(champion, List.of());
        good = train(SEEN, 2, CODE);
    }

    @AfterAll
    static void closeEngine() {
        ENGINE.close();
    }

    private static PromotionGate gate(ModelArtifact champion, List<ConfirmedIncident> incidents) {
        GateEvidence evidence = new GateEvidence(
                SCHEMA,
                good == null ? 6 : good.contextRows(),
                TestingFleet.between(ALL, DAYS, ROWS + DAYS),
                FIRST * TestingFleet.MINUTE,
                TestingFleet.BUDGET,
                incidents,
                1);
        return new PromotionGate(ENGINE, evidence, champion);
    }

    private static ModelArtifact train(List<EntityHistory> histories, long seed, int code) {
        SortedMap<String, String> origin = new TreeMap<>();
        return new DetectorTrainer(ENGINE, TestingFleet.options(seed, code))
                .train(SCHEMA, histories, origin, TrainingProgress.SILENT)
                .model();
    }

    private static List<String> refusals(ModelArtifact model) {
        return refusals(gate.examineTrial(model));
    }

    private static List<String> refusals(Examination examination) {
        return examination.figures().stream()
                .filter(figure -> !figure.isPassed())
                .map(Figure::name)
                .toList();
    }

    @Test
    void theChampionHasNotSeenTheHeldOutRows() {
        assertThat(gate.championHasSeenRows()).isFalse();
        assertThat(gate.judgedRows()).isEqualTo(ENTITIES * HELD_OUT);
        assertThat(Instant.parse(requireNonNull(good.provenance().get("data.to")))
                        .toEpochMilli())
                .isLessThanOrEqualTo(FIRST * TestingFleet.MINUTE);
    }

    @Test
    void anotherSeedOnFresherRowsPasses() {
        assertThat(refusals(good)).isEmpty();
        assertThat(refusals(gate.examineFinal(good, ArtifactCodec.encode(good), gate.examineTrial(good))))
                .isEmpty();
    }

    @Test
    void aWeightThatIsNoNumber() {
        byte[] artifact = BadChallengers.withNaN(
                ArtifactCodec.encode(good), requireNonNull(good.forecast()).weights()[0]);
        Examination examined = gate.examineFinal(good, artifact, null);
        assertThat(refusals(examined)).containsExactly("weights");
        assertThat(examined.figures().get(0).sentence())
                .isEqualTo("the stored model cannot be read: `weights` must be finite (got NaN)");
    }

    @Test
    void aWeightWithoutBound() {
        assertThat(refusals(BadChallengers.unbounded(good))).containsExactly("weights");
    }

    @Test
    void aFileThatHoldsAnotherModelThanTheOneInMemory() {
        ModelArtifact other = BadChallengers.withNoise(good, 1e-3);
        assertThat(refusals(gate.examineFinal(good, ArtifactCodec.encode(other), null)))
                .contains("goldenRows");
    }

    @Test
    void featuresThatHaveChangedPlaces() {
        assertThat(refusals(train(BadChallengers.shuffled(SEEN, TestingFleet.FEATURES), 2, CODE)))
                .contains("alarmRate", "breaks", "error");
    }

    @Test
    void aDecoderThatCollapsed() {
        assertThat(refusals(BadChallengers.collapsed(good))).contains("breaks", "error");
    }

    @Test
    void theModelOfAnotherDetector() {
        assertThat(refusals(train(TestingFleet.histories(77, ENTITIES, ROWS), 2, CODE)))
                .contains("alarmRate", "breaks", "breaksFound", "error");
        assertThat(refusals(TestingArtifacts.random(TestingFleet.FEATURES - 1, 4, 1)))
                .containsExactly("features");
    }

    @Test
    void twentyTimesTheAlarmsOfTheBudget() {
        assertThat(refusals(BadChallengers.alarmingTimes(good, 20, RATE))).containsExactly("alarmRate");
        assertThat(refusals(BadChallengers.alarmingTimes(good, 1.5, RATE))).isEmpty();
    }

    @Test
    void aDeafModel() {
        assertThat(refusals(BadChallengers.deaf(good))).containsExactly("grossBreaks", "breaksFound");
        PromotionGate first = gate(null, List.of());
        assertThat(refusals(first.examineTrial(BadChallengers.deaf(good)))).containsExactly("grossBreaks");
        assertThat(refusals(first.examineTrial(good))).isEmpty();
    }

    @Test
    void aMarginallyWorseModel() {
        assertThat(refusals(BadChallengers.withNoise(good, 0.02))).containsExactly("error");
        assertThat(refusals(train(SEEN, 2, CODE - 1))).containsExactly("error");
        // A growth of the error by 3 % is within the margin.
        assertThat(refusals(BadChallengers.withNoise(good, 0.01))).isEmpty();
    }

    @Test
    void aFinalModelThatDisagreesWithItsTrial() {
        ModelArtifact noise = BadChallengers.withNoise(good, 1);
        assertThat(refusals(gate.examineFinal(noise, ArtifactCodec.encode(noise), gate.examineTrial(good))))
                .contains("stability", "final.alarmRate");
    }

    /** An alarm that does not end is one episode for each entity, which is within what the budget tolerates. */
    @Test
    void aModelWhoseAlarmsDoNotEnd() {
        ModelArtifact noise = BadChallengers.withNoise(good, 10);
        Examination asTrial = gate.examineTrial(noise);
        assertThat(refusals(asTrial)).contains("alarmRate");
        assertThat(figure(asTrial, "alarmRate").sentence()).contains("its alarms do not end: it alarms on 1,");
        assertThat(refusals(gate.examineFinal(noise, ArtifactCodec.encode(noise), asTrial)))
                .contains("final.alarmRate");
    }

    @Test
    void aConfirmedIncidentThatIsMissed() {
        ConfirmedIncident incident = TestingFleet.incident(ALL, 300);
        ModelArtifact champion = train(TestingFleet.between(ALL, 0, ROWS), 1, CODE);
        PromotionGate withIncident = gate(champion, List.of(incident));
        assertThat(refusals(withIncident.examineTrial(good))).isEmpty();
        Figure found = figure(withIncident.examineTrial(good), "confirmedIncidents");
        assertThat(found.champion()).isEqualTo(1);
        assertThat(found.challenger()).isEqualTo(1);
        assertThat(refusals(withIncident.examineTrial(BadChallengers.deaf(good))))
                .contains("confirmedIncidents");
    }

    private static Figure figure(Examination examination, String name) {
        return examination.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
