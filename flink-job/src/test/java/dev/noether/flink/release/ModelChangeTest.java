package dev.noether.flink.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ModelChangeTest {
    private static final ModelChange.Reason REASON = new ModelChange.Reason("a person", "It is noisy.", List.of());
    private static final ModelRelease FIRST = release(1, 0);
    private static final ModelRelease SECOND = release(2, 100);

    @Test
    void aWithdrawnModelKeepsItsRowsAndTheDecisionNamesItsSuccessor() {
        ModelChange change = change(FIRST, SECOND);
        List<ModelsRecord> records = change.withdraw(SECOND, 500, REASON);
        ModelRelease ended = (ModelRelease) records.get(0);
        assertThat(ended.stage()).isEqualTo(ReleaseStage.RETIRED);
        assertThat(ended.effectiveFrom()).isEqualTo(100);
        assertThat(ended.effectiveTo()).isEqualTo(500);
        assertThat(ReleaseTimeline.replaces(ended, SECOND)).isTrue();
        PromotionDecision.Withdrawn decision = (PromotionDecision.Withdrawn) records.get(1);
        assertThat(decision.facts().champion()).isEqualTo(FIRST.identity());
        assertThat(decision.facts().decidedBy()).isEqualTo("a person");
        assertThat(new ReleaseTimeline(List.of(FIRST, ended)).at(500)).isEqualTo(FIRST);
    }

    @Test
    void theEndIsAnnouncedAfterTheModelWhateverTheClockSays() {
        ModelRelease ahead = SECOND.inStage(ReleaseStage.CHAMPION, 100, ModelRelease.NO_END, 999_999);
        ModelRelease ended =
                (ModelRelease) change(FIRST, ahead).withdraw(ahead, 500, REASON).get(0);
        assertThat(ended.announcedAt()).isEqualTo(1_000_000);
    }

    @Test
    void aModelThatHasNotScoredYetScoresNothing() {
        ModelRelease ended = (ModelRelease)
                change(FIRST, SECOND).withdraw(SECOND, 50, REASON).get(0);
        assertThat(ReleaseTimeline.mayScore(ended)).isFalse();
    }

    @Test
    void aModelIsWithdrawnOnce() {
        ModelRelease ended = (ModelRelease)
                change(FIRST, SECOND).withdraw(SECOND, 500, REASON).get(0);
        assertThatThrownBy(() -> change(FIRST, ended).withdraw(ended, 600, REASON))
                .hasMessage("model 2 is withdrawn already, from event time 1970-01-01T00:00:00.500Z on");
        ModelRelease refused = SECOND.inStage(ReleaseStage.REFUSED, 100, ModelRelease.NO_END, 1);
        assertThatThrownBy(() -> change(FIRST, refused).withdraw(refused, 600, REASON))
                .hasMessage("model 2 does not score; its stage is REFUSED");
    }

    @Test
    void aRefusedModelIsPromotedUnderItsVersionAndOneThatHasScoredUnderAnother() {
        ModelRelease refused = SECOND.inStage(ReleaseStage.REFUSED, 100, ModelRelease.NO_END, 1);
        ModelChange change = change(FIRST, refused);
        assertThat(change.needsNewVersion(refused)).isFalse();
        assertThat(change.needsNewVersion(FIRST)).isTrue();
        assertThat(change.nextVersion()).isEqualTo(3);
        ModelRelease promoted =
                (ModelRelease) change.promote(refused, 700, REASON).get(0);
        assertThat(promoted.stage()).isEqualTo(ReleaseStage.CHAMPION);
        assertThat(new ReleaseTimeline(List.of(FIRST, promoted)).at(700)).isEqualTo(promoted);
    }

    @Test
    void aModelThatScoresUnderAnotherVersionIsKnown() {
        ModelRelease again = new ModelRelease(
                FIRST.detector(),
                3,
                FIRST.artifact(),
                FIRST.featureSchemaFingerprint(),
                200,
                ReleaseStage.CHAMPION,
                0,
                FIRST.calibration(),
                FIRST.provenance());
        ModelChange change = change(FIRST, SECOND, again);
        assertThat(change.scoresAlready(FIRST)).isEqualTo(again);
        assertThat(change.scoresAlready(again)).isEqualTo(again);
        assertThat(change.scoresAlready(SECOND)).isNull();
    }

    @Test
    void modelsThatTakeEffectLaterAreKnown() {
        ModelRelease challenger = SECOND.inStage(ReleaseStage.CHALLENGER, 100, 200, 1);
        assertThat(change(FIRST, SECOND).laterThan(99)).containsExactly(SECOND);
        assertThat(change(FIRST, SECOND).laterThan(100)).isEmpty();
        assertThat(change(FIRST, challenger).laterThan(50)).isEmpty();
    }

    @Test
    void anUnknownVersionIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> change(FIRST, SECOND).find(7))
                .hasMessage("no model version 7; known versions are [1, 2]");
    }

    @Test
    void theCardHasTheDecisionsTheProvenanceAndTheEnd() {
        List<ModelsRecord> records = change(FIRST, SECOND).withdraw(SECOND, 500, REASON);
        String card = ModelCard.of((ModelRelease) records.get(0), List.of((PromotionDecision) records.get(1)));
        assertThat(card)
                .startsWith("# Model 2 of detector testing\n")
                .contains("| scores event times | from 1970-01-01T00:00:00.100Z to before 1970-01-01T00:00:00.500Z |")
                .contains("## Withdrawn by a person at 1970-01-01T00:00:01Z\n\nIt is noisy.\n")
                .contains("## Provenance");
    }

    @Test
    void theCardSaysWhichFeaturesHaveLittleHistory() {
        ModelRelease plain = FIRST;
        ModelRelease release = new ModelRelease(
                plain.detector(),
                plain.version(),
                plain.artifact(),
                plain.featureSchemaFingerprint(),
                plain.effectiveFrom(),
                plain.stage(),
                plain.announcedAt(),
                plain.calibration(),
                Map.of("data.littleHistory", "disk (7 of 100)"));
        assertThat(ModelCard.of(release, List.of()))
                .contains(
                        "\nThe history says little about these features, which have values in few of its rows: disk (7"
                                + " of 100).\n");
        assertThat(ModelCard.of(plain, List.of())).doesNotContain("little");
    }

    private static ModelChange change(ModelRelease... releases) {
        return new ModelChange(new ModelsTopicContent(List.of(releases), List.of(), null, null), 1_000);
    }

    private static ModelRelease release(long version, long from) {
        return TestingModels.release(version, from, "file:///" + version, "ab" + version, TestingModels.features(1));
    }
}
