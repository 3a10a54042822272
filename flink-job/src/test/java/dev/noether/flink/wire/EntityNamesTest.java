package dev.noether.flink.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.StringValue;
import org.junit.jupiter.api.Test;

final class EntityNamesTest extends RandomizedTest {
    @Test
    void readsWhatFlinkWrites(RandomGenerator random) throws IOException {
        List<String> written = new ArrayList<>(List.of("", "a", "Größe-7", "主机", "x".repeat(1024), "\uD83D\uDE80"));
        // More names than slots, again and again, so that names push one another out.
        for (int i = 0; i < 30_000; i++) {
            written.add("entity-" + random.nextInt(20_000));
        }
        // Two names of one hash.
        written.addAll(List.of("Aa", "BB", "Aa", "BB"));
        DataOutputSerializer target = new DataOutputSerializer(64);
        for (String name : written) {
            StringValue.writeString(name, target);
        }
        DataInputDeserializer source = new DataInputDeserializer(target.getCopyOfBuffer());
        EntityNames names = new EntityNames();
        for (String name : written) {
            assertThat(names.read(source)).isEqualTo(name);
        }
        assertThat(source.available()).isZero();
    }

    @Test
    void givesTheSameStringForTheSameName() throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(64);
        StringValue.writeString("host-1", target);
        StringValue.writeString("host-1", target);
        DataInputDeserializer source = new DataInputDeserializer(target.getCopyOfBuffer());
        EntityNames names = new EntityNames();
        assertThat(names.read(source)).isSameAs(names.read(source));
    }
}
