package dev.noether.flink.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.model.gate.Figure;
import dev.noether.model.gate.GateReport;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a model after the gate, with a shadow and without. */
class GateDecisionTest {
    private static final ModelRelease CHAMPION =
            TestingModels.release(1, 0, "file:///a", "aa", TestingModels.features(1));
    private static final ModelRelease MODEL =
            TestingModels.release(2, 5_000, "file:///b", "bb", TestingModels.features(1));

    @Test
    void aModelThatPassesScoresOrWaitsForItsShadow() {
        Candidate scoring = decide(true, false);
        assertThat(scoring.decision()).isInstanceOf(PromotionDecision.Promoted.class);
        assertThat(ReleaseTimeline.mayScore(scoring.release())).isTrue();
        Candidate shadowed = decide(true, true);
        assertThat(shadowed.decision()).isInstanceOf(PromotionDecision.Shadowed.class);
        assertThat(shadowed.decision().facts().champion()).isEqualTo(CHAMPION.identity());
        assertThat(shadowed.release().stage()).isEqualTo(ReleaseStage.CHALLENGER);
        assertThat(ReleaseTimeline.mayScore(shadowed.release())).isFalse();
        assertThat(ReleaseTimeline.isShadow(shadowed.release()))
                .as("it has no range yet")
                .isFalse();
        assertThat(shadowed.withVersion(7).decision()).isInstanceOf(PromotionDecision.Shadowed.class);
    }

    @Test
    void aModelThatFailsIsRefusedAlsoWithAShadow() {
        for (boolean isShadowed : new boolean[] {true, false}) {
            Candidate refused = decide(false, isShadowed);
            assertThat(refused.decision()).isInstanceOf(PromotionDecision.Refused.class);
            assertThat(refused.release().stage()).isEqualTo(ReleaseStage.REFUSED);
        }
    }

    private static Candidate decide(boolean isPassed, boolean isShadowed) {
        GateReport report =
                new GateReport(List.of(new Figure("alarmRate", 1, 1, 1, isPassed, "alarms once")), "some rows");
        return GateDecision.of(MODEL, ChampionReference.of(List.of(CHAMPION)), report, isShadowed);
    }
}
