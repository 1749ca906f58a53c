// As ws.mjs, with many rooms: the address one connects to is the room one is in. Nothing is stored.
import { WebSocketServer } from "ws";

const rooms = new Map();
const server = new WebSocketServer({
  port: Number(process.argv[2]),
  host: "127.0.0.1",
  backlog: 4096,
  clientTracking: false,
  perMessageDeflate: false,
  skipUTF8Validation: true,
});
server.on("connection", (socket, request) => {
  let room = rooms.get(request.url);
  if (!room) rooms.set(request.url, (room = new Set()));
  room.add(socket);
  socket.on("message", (data, isBinary) => {
    for (const client of room) client.send(data, { binary: isBinary });
  });
  socket.on("close", () => room.delete(socket));
  socket.send("hi");
});
server.on("listening", () => console.log("listening"));
