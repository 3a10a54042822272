package dev.noether.lab.chaos.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Offsets 0 and 1: observations of host a. Offset 2: garbage. Offset 3: a host with a wrong clock. */
class DeliveryCheckTest {
    private static final int END = 4;

    private final BitSet sent = new BitSet();
    private final ObservationIndex observations =
            new ObservationIndex(List.of("a"), time -> (int) (time / 1000), host -> sent, END);
    private final OutcomeIndex outcomes = new OutcomeIndex(END);

    DeliveryCheckTest() {
        sent.set(0, 2);
        observations.add(record(0, "a", observation("a", 0)));
        observations.add(record(1, "a", observation("a", 1000)));
        observations.add(record(2, "bad-1-7", new byte[] {1}));
        observations.add(record(3, "clock-2", observation("clock-2", 99_000)));
    }

    @Test
    void everyRecordWithItsOutcomeIsSound() {
        outcomes.add(score(0, 1));
        outcomes.add(score(1, 1));
        outcomes.add(rejected(2));
        outcomes.add(rejected(3));
        DeliveryCheck check = check();
        assertThat(check.isSound()).isTrue();
        assertThat(check.observations()).isEqualTo(4);
        assertThat(check.bad()).isEqualTo(1);
    }

    @Test
    void aMissingADoubledAWrongAndAForeignOutcomeAreFound() {
        outcomes.add(score(0, 1));
        outcomes.add(score(0, 1));
        outcomes.add(score(2, 1));
        outcomes.add(rejected(3));
        outcomes.add(score(17, 1));
        DeliveryCheck check = check();
        assertThat(check.lost()).isEqualTo(1);
        assertThat(check.doubled()).isEqualTo(1);
        assertThat(check.wrong()).isEqualTo(1);
        assertThat(check.unexpected()).isEqualTo(1);
        assertThat(check.isSound()).isFalse();
    }

    @Test
    void aScoreAndARejectionOfOneRecordAreDoubled() {
        outcomes.add(score(3, 1));
        outcomes.add(rejected(3));
        assertThat(check().doubled()).isEqualTo(1);
    }

    @Test
    void aLateObservationOfTheLoadIsFound() {
        outcomes.add(Score.unscored("fleet", "a", 0, 0, 0, UnscoredReason.LATE));
        assertThat(check().late()).isEqualTo(1);
    }

    @Test
    void whatTheLoadItselfLostOrDoubledIsFound() {
        sent.set(5);
        observations.add(record(3, "a", observation("a", 1000)));
        DeliveryCheck check = check();
        assertThat(check.lostByTheLoad()).isEqualTo(1);
        assertThat(check.doubledByTheLoad()).isEqualTo(1);
    }

    @Test
    void scoresOfOneModelMustBeEqual() {
        OutcomeIndex undisturbed = new OutcomeIndex(END);
        outcomes.add(score(0, 1));
        undisturbed.add(score(0, 1 + 1e-7));
        assertThat(ScoreComparison.of(observations, outcomes, undisturbed).isEqual())
                .isTrue();
        outcomes.add(score(1, 1));
        undisturbed.add(score(1, 1.001));
        ScoreComparison comparison = ScoreComparison.of(observations, outcomes, undisturbed);
        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.compared()).isEqualTo(2);
        assertThat(comparison.largestDifference()).isBetween(9e-4, 1.1e-3);
    }

    @Test
    void aScoreOfOneRunAloneIsFound() {
        outcomes.add(score(0, 1));
        ScoreComparison comparison = ScoreComparison.of(observations, outcomes, new OutcomeIndex(END));
        assertThat(comparison.otherReason()).isEqualTo(1);
        assertThat(comparison.isEqual()).isFalse();
    }

    private DeliveryCheck check() {
        return DeliveryCheck.of(observations, outcomes);
    }

    private static byte[] observation(String entity, long time) {
        return new ObservationCodec().encode(new Observation(entity, time, new Features.Positional(1, new float[1])));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String key, byte[] value) {
        return new ConsumerRecord<>(
                "observations",
                0,
                offset,
                1000 * offset,
                TimestampType.CREATE_TIME,
                key.length(),
                value.length,
                key.getBytes(UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static Score score(long offset, double value) {
        return new Score("fleet", "a", 0, 1, 0, offset, Verdict.NORMAL, null, value, .5, 9, List.of(), List.of(), 1);
    }

    private static Rejected rejected(long offset) {
        return new Rejected(
                "observations", 0, offset, 0, RejectionReason.NOT_AVRO, "no observation", null, new byte[0], 0);
    }
}
