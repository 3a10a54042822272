// Sends observations: go run ./produce localhost:9092 hosts.observations [COUNT] [FIRST_TIME]
//
// They are Noether's own records, which need no `source` section in the detector file.
package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/IBM/sarama"
)

// Each record begins with the two bytes C3 01 and the fingerprint of the schema Observation.avsc (CRC-64-AVRO, the lowest
// byte first). The fields follow in Avro's binary encoding.
var header = []byte{0xC3, 0x01, 0x05, 0xE0, 0x41, 0x78, 0xCE, 0x4A, 0x4B, 0x77}

func main() {
	servers, topic := strings.Split(os.Args[1], ","), os.Args[2]
	count, firstTime := argument(3, 10), argument(4, time.Now().UnixMilli())
	settings := sarama.NewConfig()
	settings.Version = sarama.V2_1_0_0
	settings.Producer.Return.Successes = true
	settings.Producer.RequiredAcks = sarama.WaitForAll
	producer, err := sarama.NewSyncProducer(servers, settings)
	if err != nil {
		log.Fatal(err)
	}
	defer producer.Close()
	for i := int64(0); i < count; i++ {
		// Put your own measurements here.
		entity := fmt.Sprintf("host-%d", i%10)
		at := firstTime + i*1000
		features := map[string]float32{"cpu": 20 + float32(i%60)*0.5, "memory": float32(4e9 + float64(i)*4096)}
		_, _, err := producer.SendMessage(&sarama.ProducerMessage{
			Topic: topic,
			// The key keeps the observations of an entity in one partition, in order.
			Key:       sarama.StringEncoder(entity),
			Value:     sarama.ByteEncoder(encode(entity, at, features)),
			Timestamp: time.UnixMilli(at),
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	fmt.Printf("%d observations sent; their header is %x\n", count, header)
}

// encode writes the fields in the order of the schema: entity, eventTime, features.
func encode(entity string, millis int64, features map[string]float32) []byte {
	record := append([]byte{}, header...)
	record = appendText(record, entity)
	record = appendLong(record, millis)
	record = appendLong(record, 1) // the second kind of features: NamedFeatures
	record = appendLong(record, int64(len(features)))
	for name, value := range features {
		record = appendText(record, name)
		record = binary.LittleEndian.AppendUint32(record, math.Float32bits(value))
	}
	return appendLong(record, 0) // the map ends
}

// Avro writes integers as Go's signed varints: zigzag, seven bits in a byte.
func appendLong(record []byte, value int64) []byte {
	return binary.AppendVarint(record, value)
}

func appendText(record []byte, text string) []byte {
	return append(appendLong(record, int64(len(text))), text...)
}

func argument(position int, otherwise int64) int64 {
	if len(os.Args) <= position {
		return otherwise
	}
	value, err := strconv.ParseInt(os.Args[position], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	return value
}
