package dev.noether.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** A codec whose newest schema has one more field reads what was written before. */
class SchemaEvolutionTest extends RandomizedTest {
    private static final Schema OLD = new Schema.Parser().parse("""
        {"type": "record", "name": "Note", "namespace": "dev.noether.testing", "fields": [
          {"name": "text", "type": "string"},
          {"name": "tags", "type": {"type": "array", "items": "string"}},
          {"name": "marks", "type": {"type": "map", "values": ["null", "bytes", "double"]}}]}\
        """);
    private static final Schema NEW = new Schema.Parser().parse("""
        {"type": "record", "name": "Note", "namespace": "dev.noether.testing", "fields": [
          {"name": "weight", "type": "int", "default": 7},
          {"name": "text", "type": "string"},
          {"name": "tags", "type": {"type": "array", "items": "string"}}]}\
        """);

    @Test
    void addsTheDefaultToWhatAnOlderVersionWrote() throws Exception {
        assertThat(new NoteCodec().decode(oldBytes())).isEqualTo(new Note(7, "hello", List.of("a", "b")));
    }

    @Test
    void readsOldAndNewInAnyOrder() throws Exception {
        NoteCodec codec = new NoteCodec();
        Note note = new Note(3, "new", List.of());
        for (int i = 0; i < 3; i++) {
            assertThat(codec.decode(codec.encode(note))).isEqualTo(note);
            assertThat(codec.decode(oldBytes()).weight()).isEqualTo(7);
        }
    }

    @Test
    void refusesDamagedBytesOfTheOlderVersion() throws Exception {
        byte[] whole = oldBytes();
        for (int length = RecordCodec.HEADER_BYTES; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(refusal(cut).reason()).as("cut to %d bytes", length).isEqualTo(RejectionReason.MALFORMED);
        }
        assertThat(refusal(Arrays.copyOf(whole, whole.length + 1)).reason()).isEqualTo(RejectionReason.MALFORMED);
    }

    @Test
    void believesNoAnnouncedLengthOfTheOlderVersion() {
        // A text of 2^30 bytes; an array of 2^30 items: Avro alone would allocate them.
        for (byte[] prefix : List.of(new byte[0], new byte[] {0})) {
            ByteBuffer bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
            bytes.put((byte) 0xC3).put((byte) 1).putLong(SchemaStore.fingerprint(OLD));
            bytes.put(prefix).put(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08});
            assertThat(refusal(bytes.array())).hasMessageContaining("1073741824 items");
        }
    }

    @Test
    void survivesAnyDamageToTheOlderVersion(RandomGenerator random) throws Exception {
        NoteCodec codec = new NoteCodec();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = oldBytes();
            bytes[random.nextInt(RecordCodec.HEADER_BYTES, bytes.length)] = (byte) random.nextInt();
            try {
                codec.decode(bytes);
            } catch (MalformedRecordException e) {
                assertThat(e.reason()).isEqualTo(RejectionReason.MALFORMED);
            }
        }
    }

    private static MalformedRecordException refusal(byte[] bytes) {
        return catchThrowableOfType(MalformedRecordException.class, () -> new NoteCodec().decode(bytes));
    }

    private static byte[] oldBytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BinaryMessageEncoder<>(GenericData.get(), OLD)
                .encode(
                        new GenericRecordBuilder(OLD)
                                .set("text", "hello")
                                .set("tags", List.of("a", "b"))
                                .set("marks", Map.of("x", ByteBuffer.wrap(new byte[] {1, 2, 3}), "y", 1.5))
                                .build(),
                        out);
        return out.toByteArray();
    }

    private record Note(int weight, String text, List<String> tags) {}

    private static final class NoteCodec extends RecordCodec<Note> {
        NoteCodec() {
            super(NEW, new SchemaStore(List.of(OLD, NEW)));
        }

        @Override
        protected void write(Note note, Encoder out) throws IOException {
            out.writeInt(note.weight());
            out.writeString(note.text());
            out.writeArrayStart();
            out.setItemCount(note.tags().size());
            for (String tag : note.tags()) {
                out.startItem();
                out.writeString(tag);
            }
            out.writeArrayEnd();
        }

        @Override
        protected Note read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
            int weight = in.readInt();
            String text = readString(in, limit);
            List<String> tags = new ArrayList<>();
            for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
                for (int i = checkedCount(items, limit); i > 0; i--) {
                    tags.add(readString(in, limit));
                }
            }
            return new Note(weight, text, tags);
        }
    }
}
