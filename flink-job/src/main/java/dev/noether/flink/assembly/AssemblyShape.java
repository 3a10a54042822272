package dev.noether.flink.assembly;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What the state of an entity depends on. State of another shape is from another configuration, and is not used.
 *
 * @param features number of features
 * @param intervalMillis length of an interval
 * @param rules hash of the rules by which the features are made
 */
record AssemblyShape(int features, long intervalMillis, long rules) implements Serializable {
    void write(DataOutputView target) throws IOException {
        target.writeInt(features);
        target.writeLong(intervalMillis);
        target.writeLong(rules);
    }

    static AssemblyShape read(DataInputView source) throws IOException {
        return new AssemblyShape(source.readInt(), source.readLong(), source.readLong());
    }
}
