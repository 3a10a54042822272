package dev.noether.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that announce more than they hold: a clear message, and no memory for what is not there. */
class AnnouncedLengthTest {
    /** Far more than a record of these tests needs, and far less than the announced lengths. */
    private static final long MOST_ALLOCATED = 8L << 20;

    private static final Schema OBSERVATION = SchemaStore.newest("Observation");
    private static final Schema SCORE = SchemaStore.newest("Score");
    private static final Schema INCIDENT = SchemaStore.newest("Incident");

    /** Writes the body of a record up to the field with the wrong length. */
    private interface Body {
        void write(Encoder out) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 1L << 30, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE})
    void aTextLongerThanTheRecord(long length) throws Exception {
        for (RecordCodec<?> codec : codecs()) {
            assertThat(refusal(codec, codec.schema(), out -> out.writeLong(length)))
                    .startsWith("a block of " + length + " items, but only ");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void aTextOfNegativeLength(long length) throws Exception {
        for (RecordCodec<?> codec : codecs()) {
            assertThat(refusal(codec, codec.schema(), out -> out.writeLong(length)))
                    .startsWith("a block of " + length + " items, but only ");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 1L << 30, 2_000_000_000})
    void moreValuesThanBytes(long items) throws Exception {
        String message = refusal(new ObservationCodec(), OBSERVATION, out -> {
            out.writeString("a");
            out.writeLong(1);
            out.writeIndex(0);
            out.writeLong(5);
            out.writeLong(items);
        });
        assertThat(message).startsWith("a block of " + items + " items");
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 1L << 30, 2_000_000_000})
    void moreNamedValuesThanBytes(long items) throws Exception {
        String message = refusal(new ObservationCodec(), OBSERVATION, out -> {
            out.writeString("a");
            out.writeLong(1);
            out.writeIndex(1);
            out.writeLong(items);
        });
        assertThat(message).startsWith("a block of " + items + " items");
    }

    @Test
    void moreContributionsThanBytes() throws Exception {
        assertThat(refusal(new ScoreCodec(), SCORE, out -> {
                    writeScoreUntilContributions(out);
                    out.writeLong(1L << 30);
                }))
                .startsWith("a block of 1073741824 items");
    }

    @Test
    void moreImputedAndStuckFeaturesThanBytes() throws Exception {
        assertThat(refusal(new ScoreCodec(), SCORE, out -> {
                    writeScoreUntilContributions(out);
                    out.writeLong(0);
                    out.writeLong(1L << 30);
                }))
                .startsWith("a block of 1073741824 items");
        assertThat(refusal(new ScoreCodec(), SCORE, out -> {
                    writeScoreUntilContributions(out);
                    out.writeLong(0);
                    out.writeLong(0);
                    out.writeIndex(0);
                    out.writeIndex(0);
                    out.writeIndex(0);
                    out.writeLong(1L << 30);
                }))
                .startsWith("a block of 1073741824 items");
    }

    @Test
    void moreCausesThanBytes() throws Exception {
        assertThat(refusal(new IncidentCodec(), INCIDENT, out -> {
                    writeIncidentUntilPeak(out);
                    for (int i = 0; i < 4; i++) {
                        // Score, time, p-value and threshold of the peak.
                        out.writeLong(0);
                    }
                    out.writeLong(1);
                    out.writeLong(1L << 30);
                }))
                .startsWith("a block of 1073741824 items");
    }

    @Test
    void symbolsBeyondTheLastOne() throws Exception {
        assertThat(refusal(new IncidentCodec(), INCIDENT, out -> {
                    out.writeString("d");
                    out.writeString("i");
                    out.writeString("e");
                    out.writeEnum(5);
                }))
                .isEqualTo("enum symbol 5, expected 0 to 4");
        assertThat(refusal(new FeedbackCodec(), SchemaStore.newest("Feedback"), out -> {
                    out.writeString("i");
                    out.writeEnum(4);
                }))
                .isEqualTo("enum symbol 4, expected 0 to 3");
        assertThat(refusal(new FeedbackCodec(), SchemaStore.newest("Feedback"), out -> {
                    out.writeString("i");
                    out.writeEnum(-1);
                }))
                .isEqualTo("enum symbol -1, expected 0 to 3");
    }

    @Test
    void branchesBeyondTheLastOne() throws Exception {
        assertThat(refusal(new ObservationCodec(), OBSERVATION, out -> {
                    out.writeString("a");
                    out.writeLong(1);
                    out.writeIndex(2);
                }))
                .isEqualTo("union branch 2, expected 0 to 1");
        assertThat(refusal(new FeedbackCodec(), SchemaStore.newest("Feedback"), out -> {
                    out.writeString("i");
                    out.writeEnum(0);
                    out.writeLong(1);
                    out.writeIndex(-1);
                }))
                .isEqualTo("union branch -1, expected 0 to 1");
    }

    @Test
    void scoresOfOlderVersionsAreCheckedToo() throws Exception {
        for (String version : List.of("v1", "v2")) {
            Schema older = SchemaStore.released(version, "Score");
            assertThat(refusal(new ScoreCodec(), older, out -> out.writeLong(1L << 30)))
                    .startsWith("a block of 1073741824 items");
            assertThat(refusal(new ScoreCodec(), older, out -> {
                        writeScoreUntilContributions(out);
                        out.writeLong(1L << 30);
                    }))
                    .startsWith("a block of 1073741824 items");
        }
    }

    @Test
    void aReasonThatContradictsTheVerdictIsRefused() throws Exception {
        String message = refusal(new ScoreCodec(), SCORE, out -> {
            writeScoreUntilVerdict(out);
            // NORMAL, with a reason why it is unscored.
            out.writeEnum(0);
            out.writeIndex(1);
            out.writeEnum(0);
            for (int i = 0; i < 13; i++) {
                out.writeLong(0);
            }
        });
        assertThat(message)
                .isEqualTo("the body is damaged: an unscored reason is required if and only if the verdict is"
                        + " UNSCORED (verdict NORMAL, reason COLD_START)");
    }

    private static void writeScoreUntilVerdict(Encoder out) throws IOException {
        out.writeString("d");
        out.writeString("e");
        out.writeLong(1);
        out.writeLong(2);
        out.writeInt(3);
        out.writeLong(4);
    }

    private static void writeScoreUntilContributions(Encoder out) throws IOException {
        writeScoreUntilVerdict(out);
        out.writeEnum(0);
        for (int i = 0; i < 4; i++) {
            // No reason, score, p-value or threshold.
            out.writeIndex(0);
        }
    }

    private static void writeIncidentUntilPeak(Encoder out) throws IOException {
        out.writeString("d");
        out.writeString("i");
        out.writeString("e");
        for (int i = 0; i < 3; i++) {
            out.writeEnum(0);
        }
        for (int i = 0; i < 3; i++) {
            out.writeLong(1);
        }
    }

    private static List<RecordCodec<?>> codecs() {
        return List.of(
                new ObservationCodec(),
                new ScoreCodec(),
                new IncidentCodec(),
                new FeedbackCodec(),
                new ModelReleaseCodec(),
                new RejectedCodec());
    }

    /** Returns the message of the refusal, after a check that it took little memory. */
    private static String refusal(RecordCodec<?> codec, Schema writer, Body body) throws IOException {
        byte[] bytes = record(writer, body);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        MalformedRecordException refusal =
                catchThrowableOfType(MalformedRecordException.class, () -> codec.decode(bytes));
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(RejectionReason.MALFORMED);
        assertThat(allocated).as("bytes allocated").isLessThan(MOST_ALLOCATED);
        return refusal.getMessage();
    }

    private static byte[] record(Schema writer, Body body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(RecordCodec.HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(SchemaStore.fingerprint(writer))
                .array());
        Encoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        body.write(encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
