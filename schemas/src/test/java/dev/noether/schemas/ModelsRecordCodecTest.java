package dev.noether.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.testing.RandomizedTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The models topic holds five kinds of records; each is recognised by its bytes and compacted by its key. */
class ModelsRecordCodecTest extends RandomizedTest {
    private final ModelsRecordCodec codec = new ModelsRecordCodec();

    @Test
    void eachKindIsRecognisedByItsBytes(RandomGenerator random) throws Exception {
        TestingRecords records = new TestingRecords(random);
        for (int i = 0; i < 100; i++) {
            for (ModelsRecord record : List.of(
                    records.release(), records.decision(), records.shadow(), records.training(), records.request())) {
                assertThat(codec.decode(codec.encode(record))).isEqualTo(record);
            }
        }
    }

    @Test
    void aRecordOfAnotherTopicIsNamed(RandomGenerator random) {
        byte[] score = new ScoreCodec().encode(new TestingRecords(random).score());
        assertThatThrownBy(() -> codec.decode(score))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("is dev.noether.schemas.Score, expected dev.noether.schemas.ModelRelease");
    }

    @Test
    void aModelKeepsItsReleaseAndOneDecisionOfEachOutcome() {
        DecisionFacts facts =
                new DecisionFacts("fleet", new ModelIdentity(7, "ab"), null, "no figure failed", "gate", 5, List.of());
        assertThat(key(new PromotionDecision.Promoted(facts))).isEqualTo("fleet/7/promoted");
        assertThat(key(new PromotionDecision.Refused(facts))).isEqualTo("fleet/7/refused");
        assertThat(key(new PromotionDecision.Withdrawn(facts))).isEqualTo("fleet/7/withdrawn");
        assertThat(key(new PromotionDecision.Shadowed(facts))).isEqualTo("fleet/7/shadowed");
        assertThat(key(SixthVersionRecords.shadow())).isEqualTo("fleet/9/shadow");
        assertThat(key(new TrainingRequest("fleet", 1, "somebody", 0, 1))).isEqualTo("fleet/request");
        assertThat(key(new TrainingRun(
                        "fleet",
                        TrainingCause.SCHEDULE,
                        TrainingOutcome.RUNNING,
                        1,
                        TrainingRun.NOT_ENDED,
                        1,
                        "",
                        null)))
                .isEqualTo("fleet/training");
    }

    private static String key(ModelsRecord record) {
        return new String(ModelsRecordCodec.key(record), StandardCharsets.UTF_8);
    }
}
