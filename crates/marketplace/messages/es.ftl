### The words of the storefront, of the seller's pages and of the counter.

## Branches of craft

branch-textiles = Textiles
branch-wood = Madera
branch-candles = Velas y cerería
branch-metalwork = Metalistería
branch-goldwork = Orfebrería
branch-jewellery = Joyería
branch-huichol = Arte huichol
branch-shell = Concha y caracol
branch-glass = Vidrio
branch-featherwork = Plumaria
branch-lacquer = Maque y laca
branch-horn-bone = Hueso y cuerno
branch-plant-fibre = Fibras vegetales
branch-paper = Papel y cartonería
branch-leather = Talabartería
branch-stonework = Cantera y lapidaria
branch-ceramics = Alfarería y cerámica
branch-other = Otras piezas
