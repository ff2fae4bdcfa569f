console.log("halo");
