package dev.noether.flink.source.format;

import dev.noether.flink.source.field.FieldValues;
import dev.noether.schemas.MalformedRecordException;

/** One step of a compiled reader: it reads one value of a schema, and passes it on or skips it. */
@FunctionalInterface
interface AvroStep {
    void run(AvroInput in, FieldValues out) throws MalformedRecordException;
}
