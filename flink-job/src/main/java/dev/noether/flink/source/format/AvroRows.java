package dev.noether.flink.source.format;

import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.PathTree;
import dev.noether.flink.source.field.RowReceiver;
import dev.noether.flink.source.field.TextCache;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an Avro record: the items of a list in it. A field that an item lacks is that of the record, wherever it
 * stands: the whole record is read first, then the list. Compiled once for a schema; not thread safe.
 */
final class AvroRows {
    private static final RowReceiver NOBODY = () -> {};

    private final AvroCompiler compiler;
    private final String path;
    private final PathTree fields;
    private final AvroStep list;

    private @Nullable FieldValues outer;
    private boolean isFound;
    private RowReceiver receiver = NOBODY;

    /**
     * Compiles the way to the list.
     *
     * @param path path of the list
     * @param fields paths of the fields, of the record and of an item
     */
    AvroRows(Schema schema, String path, PathTree fields, TextCache texts) {
        compiler = new AvroCompiler(texts);
        this.path = path;
        this.fields = fields;
        list = compile(schema, PathTree.of(List.of(path)));
    }

    /** Returns room for the values of the record without its list. */
    FieldValues outer(FieldValues values) {
        FieldValues common = outer == null ? values.sibling() : outer;
        outer = common;
        common.clear();
        return common;
    }

    /** Reads each item of the list, from the start of the record. */
    void read(AvroInput in, FieldValues values, RowReceiver rows) throws MalformedRecordException {
        if (!isFound) {
            throw new MalformedRecordException(
                    RejectionReason.MALFORMED, "the record's schema has no list `" + path + "` (`source.rows`)");
        }
        receiver = rows;
        list.run(in, values);
    }

    private AvroStep compile(Schema schema, @Nullable PathTree node) {
        if (node == null) {
            return compiler.compile(schema, null);
        }
        return switch (schema.getType()) {
            case RECORD -> inOrder(schema, node);
            case UNION -> {
                AvroStep[] branches = schema.getTypes().stream()
                        .map(type -> compile(type, node))
                        .toArray(AvroStep[]::new);
                yield (in, out) -> branches[in.readIndex(branches.length)].run(in, out);
            }
            case ARRAY -> node.slots().length > 0 ? items(schema.getElementType()) : compiler.compile(schema, null);
            default -> compiler.compile(schema, null);
        };
    }

    private AvroStep inOrder(Schema schema, PathTree node) {
        AvroStep[] steps = schema.getFields().stream()
                .map(field -> compile(field.schema(), node.child(field.name())))
                .toArray(AvroStep[]::new);
        return (in, out) -> {
            in.enter();
            for (AvroStep step : steps) {
                step.run(in, out);
            }
            in.leave();
        };
    }

    private AvroStep items(Schema item) {
        isFound = true;
        AvroStep step = compiler.compile(item, fields);
        return (in, out) -> {
            for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
                for (int i = 0; i < count; i++) {
                    if (outer != null) {
                        out.copyFrom(outer);
                    }
                    step.run(in, out);
                    receiver.row();
                }
            }
        };
    }
}
