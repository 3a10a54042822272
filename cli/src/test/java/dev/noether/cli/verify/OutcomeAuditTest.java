package dev.noether.cli.verify;

import static dev.noether.cli.TestingOutcomes.rejected;
import static dev.noether.cli.TestingOutcomes.scored;
import static dev.noether.cli.TestingOutcomes.unscored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeAuditTest {
    private final OutcomeAudit audit = new OutcomeAudit(3, 2);

    @Test
    void oneOutcomeForEachObservationIsComplete() {
        audit.add(unscored(0, 0));
        audit.add(scored(0, 1, 1, Verdict.NORMAL));
        audit.add(scored(0, 2, 2, Verdict.ANOMALOUS));
        audit.add(scored(1, 1, 2, Verdict.NORMAL));
        audit.add(rejected(1, 0));

        OutcomeAudit.Result result = audit.result();

        assertThat(result.observations()).isEqualTo(5);
        assertThat(result.scores()).isEqualTo(4);
        assertThat(result.unscored()).isEqualTo(1);
        assertThat(result.unscoredReasons()).isEqualTo(Map.of("COLD_START", 1L));
        assertThat(result.rejected()).isEqualTo(1);
        assertThat(result.anomalous()).isEqualTo(1);
        assertThat(result.scoresByModelVersion()).isEqualTo(Map.of(1L, 1L, 2L, 2L));
        assertThat(List.of(result.missing(), result.duplicated(), result.unexpected()))
                .containsOnly(0L);
    }

    @Test
    void aMissingAndADuplicateScoreDoNotCancelOut() {
        audit.add(unscored(0, 0));
        audit.add(scored(0, 1, 1, Verdict.NORMAL));
        audit.add(scored(0, 1, 1, Verdict.NORMAL));
        audit.add(unscored(1, 0));
        audit.add(unscored(1, 1));

        OutcomeAudit.Result result = audit.result();

        assertThat(result.scores()).isEqualTo(result.observations());
        assertThat(result.missing()).isEqualTo(1);
        assertThat(result.duplicated()).isEqualTo(1);
    }

    @Test
    void aRejectedRecordWithAScoreIsADuplicate() {
        audit.add(unscored(0, 0));
        audit.add(rejected(0, 0));

        assertThat(audit.result().duplicated()).isEqualTo(1);
    }

    @Test
    void anOutcomeWithoutAnObservationIsUnexpected() {
        audit.add(unscored(0, 3));
        audit.add(unscored(2, 0));

        assertThat(audit.result().unexpected()).isEqualTo(2);
        assertThat(audit.result().missing()).isEqualTo(5);
    }
}
