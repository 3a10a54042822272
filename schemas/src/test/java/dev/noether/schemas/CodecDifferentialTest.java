package dev.noether.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** Our codecs against Avro's own: each reads what the other writes, and sees the same in it. */
class CodecDifferentialTest extends RandomizedTest {
    private static final int RECORDS = 300;

    @Test
    void observationsAreWhatAvroReadsAndWrites(RandomGenerator random) throws Exception {
        compare(new ObservationCodec(), new TestingRecords(random)::observation);
    }

    @Test
    void scoresAreWhatAvroReadsAndWrites(RandomGenerator random) throws Exception {
        compare(new ScoreCodec(), new TestingRecords(random)::score);
    }

    @Test
    void releasesAreWhatAvroReadsAndWrites(RandomGenerator random) throws Exception {
        compare(new ModelReleaseCodec(), new TestingRecords(random)::release);
    }

    @Test
    void decisionsAreWhatAvroReadsAndWrites(RandomGenerator random) throws Exception {
        compare(new PromotionDecisionCodec(), new TestingRecords(random)::decision);
    }

    @Test
    void trainingsAreWhatAvroReadsAndWrites(RandomGenerator random) throws Exception {
        compare(new TrainingRunCodec(), new TestingRecords(random)::training);
    }

    @Test
    void requestsAreWhatAvroReadsAndWrites(RandomGenerator random) throws Exception {
        compare(new TrainingRequestCodec(), new TestingRecords(random)::request);
    }

    @Test
    void rejectedRecordsAreWhatAvroReadsAndWrites(RandomGenerator random) throws Exception {
        compare(new RejectedCodec(), new TestingRecords(random)::rejected);
    }

    @Test
    void incidentsAreWhatAvroReadsAndWrites(RandomGenerator random) throws Exception {
        compare(new IncidentCodec(), new TestingRecords(random)::incident);
    }

    @Test
    void feedbackIsWhatAvroReadsAndWrites(RandomGenerator random) throws Exception {
        compare(new FeedbackCodec(), new TestingRecords(random)::feedback);
    }

    private static <T> void compare(RecordCodec<T> codec, Supplier<T> records) throws Exception {
        for (int i = 0; i < RECORDS; i++) {
            T record = records.get();
            byte[] ours = codec.encode(record);
            Object generic = new BinaryMessageDecoder<>(GenericData.get(), codec.schema()).decode(ours);
            byte[] theirs = encode(codec, generic);
            assertThat(codec.decode(ours)).isEqualTo(record);
            assertThat(codec.decode(theirs)).isEqualTo(record);
            // Not the bytes: the order of a map's entries is free.
            assertThat(theirs).hasSameSizeAs(ours);
            assertThat(GenericData.get().validate(codec.schema(), generic)).isTrue();
        }
    }

    private static byte[] encode(RecordCodec<?> codec, Object generic) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BinaryMessageEncoder<>(GenericData.get(), codec.schema()).encode(generic, out);
        return out.toByteArray();
    }
}
