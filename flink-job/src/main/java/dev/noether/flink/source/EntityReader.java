package dev.noether.flink.source;

import dev.noether.flink.config.SourceOptions;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.TextCache;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the name of the entity from the fields or the key of a record. Not thread safe. */
public final class EntityReader {
    private static final char REPLACEMENT = '\uFFFD';

    private final List<String> paths;
    private final TextCache keys = new TextCache();
    /** The parts of the last name of several parts, and the name: the next record is often about the same entity. */
    private final String[] lastParts;

    private @Nullable String lastName;

    /**
     * Makes a reader.
     *
     * @param paths paths of the parts of the name; that of slot 0 first
     */
    public EntityReader(List<String> paths) {
        this.paths = paths;
        lastParts = new String[paths.size()];
    }

    /**
     * Returns the parts of the name, joined by slashes. A slash or a backslash in a part gets a backslash before it, so
     * that two lists of parts never have one name; the last part, which needs none, stays as it is.
     *
     * @param key key of the record
     * @throws MalformedRecordException if a part is missing
     */
    public String read(FieldValues values, byte @Nullable [] key) throws MalformedRecordException {
        if (paths.size() == 1) {
            return part(0, values, key);
        }
        for (int i = 0; i < lastParts.length; i++) {
            String part = part(i, values, key);
            if (!part.equals(lastParts[i])) {
                lastParts[i] = part;
                lastName = null;
            }
        }
        String name = lastName == null ? joined() : lastName;
        lastName = name;
        return name;
    }

    private String joined() {
        StringBuilder name = new StringBuilder();
        int last = lastParts.length - 1;
        for (int i = 0; i < last; i++) {
            name.append(lastParts[i].replace("\\", "\\\\").replace("/", "\\/")).append('/');
        }
        return name.append(lastParts[last]).toString();
    }

    private String part(int slot, FieldValues values, byte @Nullable [] key) throws MalformedRecordException {
        String path = paths.get(slot);
        if (path.equals(SourceOptions.KEY)) {
            return ofKey(key);
        }
        String name = values.name(slot);
        if (name == null || name.isBlank()) {
            throw nobody(
                    values.isPresent(slot)
                            ? "the field `" + path + "` is " + values.shown(slot)
                                    + ", expected the name of an entity (`source.entity`)"
                            : "the record has no field `" + path + "`, which names the entity (`source.entity`)");
        }
        return name;
    }

    private String ofKey(byte @Nullable [] key) throws MalformedRecordException {
        if (key == null || key.length == 0) {
            throw nobody("the record has no key, which names the entity (`source.entity`)");
        }
        String name = keys.get(key, 0, key.length);
        if (name.isBlank() || name.indexOf(REPLACEMENT) >= 0) {
            throw nobody("the record's key is no text in UTF-8, expected the name of an entity (`source.entity`)");
        }
        return name;
    }

    private static MalformedRecordException nobody(String problem) {
        return new MalformedRecordException(RejectionReason.NO_ENTITY, problem);
    }
}
