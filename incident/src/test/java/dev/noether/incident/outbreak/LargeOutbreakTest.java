package dev.noether.incident.outbreak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.incident.report.IncidentId;
import dev.noether.incident.report.TextBytes;
import dev.noether.incident.report.UnscoredIncident;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups whose members have long names: a group must fit into a record of Kafka's default size, 1 MiB. */
class LargeOutbreakTest {
    private static final int KAFKA_DEFAULT_BYTES = 1_048_588;
    private static final long INTERVAL = 10_000;
    private static final OutbreakOptions OPTIONS = new OutbreakOptions("fleet", INTERVAL, 5);

    private final List<Incident> output = new ArrayList<>();
    private final OutbreakGrouper grouper = new OutbreakGrouper(OPTIONS, output::add);

    @ParameterizedTest
    @CsvSource({"20000, 10, x", "10000, 110, x", "10000, 900, x", "10000, 1024, €", "10000, 512, 😀"})
    void aGroupOfManyLongNamesFitsIntoARecord(int entities, int repetitions, String character) {
        open(entities, character.repeat(repetitions));
        Incident group = group();
        assertThat(new IncidentCodec().encode(group).length).isLessThan(KAFKA_DEFAULT_BYTES);
        assertThat(group.group().memberCount()).isEqualTo(entities);
        assertThat(group.description()).startsWith(entities + " entities ");
        assertThat(group.group().members()).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @Test
    void shortNamesAreAllListed() {
        open(10_000, "host-with-a-usual-name");
        assertThat(group().group().members()).hasSize(10_000);
    }

    /** The state of version 0.1 has all members, whatever the length of their names. */
    @Test
    void aStoredGroupThatIsTooLargeFitsAfterItsRestore() throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            names.add("x".repeat(900) + i);
        }
        open(10, "host");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        grouper.write(new DataOutputStream(bytes));
        ByteArrayOutputStream few = new ByteArrayOutputStream();
        TextBytes.writeAll(group().group().members(), new DataOutputStream(few));
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        TextBytes.writeAll(names, new DataOutputStream(many));
        byte[] stored = replace(bytes.toByteArray(), few.toByteArray(), many.toByteArray());

        OutbreakGrouper restored = new OutbreakGrouper(OPTIONS, output::add);
        restored.read(new DataInputStream(new ByteArrayInputStream(stored)));
        output.clear();
        for (int i = 0; i < 20; i++) {
            restored.accept(silence("late-" + i));
        }
        Incident group = group();
        assertThat(group.state()).isEqualTo(IncidentState.UPDATED);
        assertThat(new IncidentCodec().encode(group).length).isLessThan(KAFKA_DEFAULT_BYTES);
    }

    private void open(int entities, String name) {
        for (int i = 0; i < entities; i++) {
            String number = Integer.toString(i);
            boolean isShortened = name.length() > number.length();
            grouper.accept(silence(isShortened ? number + name.substring(number.length()) : name + number));
        }
        grouper.advance(3 * INTERVAL);
    }

    private static Incident silence(String entity) {
        return UnscoredIncident.report(
                IncidentId.identity("fleet", IncidentKind.SILENCE, entity, 1_000),
                IncidentState.OPENED,
                new IncidentTimes(1_000, 1_000, 1_000),
                "silent",
                null);
    }

    private Incident group() {
        return output.stream()
                .filter(incident -> incident.kind() == IncidentKind.GROUP)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] replace(byte[] bytes, byte[] part, byte[] replacement) {
        int start = indexOf(bytes, part);
        byte[] result = new byte[bytes.length - part.length + replacement.length];
        System.arraycopy(bytes, 0, result, 0, start);
        System.arraycopy(replacement, 0, result, start, replacement.length);
        int rest = start + part.length;
        System.arraycopy(bytes, rest, result, start + replacement.length, bytes.length - rest);
        return result;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int start = 0; start <= bytes.length - part.length; start++) {
            if (Arrays.equals(bytes, start, start + part.length, part, 0, part.length)) {
                return start;
            }
        }
        throw new AssertionError("the state does not contain the members");
    }
}
