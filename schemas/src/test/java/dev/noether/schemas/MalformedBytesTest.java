package dev.noether.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Bytes that are no record: the right reason for each, and the next record is read as if nothing had been. */
class MalformedBytesTest extends RandomizedTest {
    private final ObservationCodec codec = new ObservationCodec();
    private final Observation good =
            new Observation("host-7", 1_700_000_000_123L, new Features.Positional(5, new float[] {1, 2, 3}));

    @Test
    void refusesWhatHasNoMarker() {
        assertThat(refusal(new byte[0]).reason()).isEqualTo(RejectionReason.NOT_AVRO);
        assertThat(refusal(new byte[] {(byte) 0xC3}).reason()).isEqualTo(RejectionReason.NOT_AVRO);
        assertThat(refusal(new byte[] {(byte) 0xC3, 2, 3}).reason()).isEqualTo(RejectionReason.NOT_AVRO);
        assertThat(refusal("{\"entity\": 7}".getBytes(StandardCharsets.UTF_8))).hasMessageContaining("C3 01");
    }

    @Test
    void refusesAnUnknownWriter() {
        byte[] bytes = codec.encode(good);
        bytes[4] ^= 1;
        assertThat(refusal(bytes).reason()).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
        assertThat(refusal(bytes)).hasMessageContaining("is not known, expected dev.noether.schemas.Observation");
    }

    @Test
    void refusesAnotherKindOfRecord(RandomGenerator random) {
        byte[] bytes = new ScoreCodec().encode(new TestingRecords(random).score());
        assertThat(refusal(bytes).reason()).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
        assertThat(refusal(bytes)).hasMessageContaining("is dev.noether.schemas.Score, expected");
    }

    @Test
    void refusesEveryTruncation() throws Exception {
        byte[] whole = codec.encode(good);
        for (int length = 2; length < whole.length; length++) {
            assertThat(refusal(Arrays.copyOf(whole, length)).reason())
                    .as("cut to %d bytes", length)
                    .isEqualTo(RejectionReason.MALFORMED);
            assertThat(codec.decode(whole)).isEqualTo(good);
        }
    }

    @Test
    void refusesWhatIsLeftOver() {
        byte[] whole = codec.encode(good);
        assertThat(refusal(Arrays.copyOf(whole, whole.length + 1))).hasMessageContaining("left over");
    }

    @Test
    void believesNoAnnouncedLength() {
        byte[] header = Arrays.copyOf(codec.encode(good), RecordCodec.HEADER_BYTES);
        byte[] gigabytes = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        byte[] bytes = Arrays.copyOf(header, header.length + gigabytes.length);
        System.arraycopy(gigabytes, 0, bytes, header.length, gigabytes.length);
        assertThat(refusal(bytes)).hasMessageContaining("2147483647 items");
    }

    @Test
    void readsArraysInManyBlocks() throws Exception {
        float[] values = {1, 2, 3, 4, 5, 6, 7};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(codec.encode(good), 0, RecordCodec.HEADER_BYTES);
        BinaryEncoder body = EncoderFactory.get().directBinaryEncoder(out, null);
        body.writeString("host-7");
        body.writeLong(1);
        body.writeIndex(0);
        body.writeLong(5);
        for (float value : values) {
            body.writeLong(1);
            body.writeFloat(value);
        }
        body.writeLong(0);
        assertThat(codec.decode(out.toByteArray()))
                .isEqualTo(new Observation("host-7", 1, new Features.Positional(5, values)));
    }

    @Test
    void survivesAnyDamage(RandomGenerator random) throws Exception {
        TestingRecords records = new TestingRecords(random);
        byte[] whole = codec.encode(good);
        for (RecordCodec<?> any : List.of(
                new ScoreCodec(),
                new IncidentCodec(),
                new FeedbackCodec(),
                new RejectedCodec(),
                new ModelReleaseCodec(),
                codec)) {
            for (int i = 0; i < 20_000; i++) {
                byte[] bytes = encodeAny(any, records);
                for (int hits = random.nextInt(1, 4); hits > 0; hits--) {
                    bytes[random.nextInt(RecordCodec.HEADER_BYTES, bytes.length)] = (byte) random.nextInt();
                }
                try {
                    any.decode(bytes);
                } catch (MalformedRecordException e) {
                    assertThat(e.reason()).isEqualTo(RejectionReason.MALFORMED);
                }
                assertThat(codec.decode(whole)).isEqualTo(good);
            }
        }
    }

    private static byte[] encodeAny(RecordCodec<?> codec, TestingRecords records) {
        if (codec instanceof ScoreCodec scores) {
            return scores.encode(records.score());
        }
        if (codec instanceof IncidentCodec incidents) {
            return incidents.encode(records.incident());
        }
        if (codec instanceof FeedbackCodec feedback) {
            return feedback.encode(records.feedback());
        }
        if (codec instanceof RejectedCodec rejections) {
            return rejections.encode(records.rejected());
        }
        return codec instanceof ModelReleaseCodec releases
                ? releases.encode(records.release())
                : ((ObservationCodec) codec).encode(records.observation());
    }

    private MalformedRecordException refusal(byte[] bytes) {
        return catchThrowableOfType(MalformedRecordException.class, () -> codec.decode(bytes));
    }
}
