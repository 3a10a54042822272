package dev.noether.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.source.field.FieldValues;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The names of entities of several fields. */
class EntityReaderTest {
    private final EntityReader reader = new EntityReader(List.of("team", "host"));

    private String name(String... parts) throws Exception {
        FieldValues values = new FieldValues(parts.length);
        for (int i = 0; i < parts.length; i++) {
            values.set(new int[] {i}, parts[i]);
        }
        return reader.read(values, null);
    }

    @Test
    void twoListsOfPartsNeverShareAName() throws Exception {
        assertThat(name("a/b", "c")).isNotEqualTo(name("a", "b/c"));
        assertThat(name("a\\", "b/c")).isNotEqualTo(name("a\\/b", "c"));
        assertThat(name("a/b", "c")).isEqualTo("a\\/b/c");
        assertThat(name("a\\", "b")).isEqualTo("a\\\\/b");
    }

    @Test
    void namesWithoutASlashInAnEarlierPartStayAsTheyAre() throws Exception {
        assertThat(name("web", "eu-1")).isEqualTo("web/eu-1");
        assertThat(name("web-7", "/var")).isEqualTo("web-7//var");
    }
}
